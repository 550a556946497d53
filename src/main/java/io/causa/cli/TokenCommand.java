package io.causa.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code causa token}: who may use a cluster over HTTP. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes, lists and revokes the tokens by which clients prove who they are.",
      "",
      "They are kept, as hashes, in the file that nodes name with access.tokens (--tokens). Nodes"
          + " take a change of their file over within seconds."
    },
    footer = {
      "",
      "Examples:",
      "  causa token create --file tokens.yaml --role admin --note operations",
      "  causa token create --file tokens.yaml --role write --prefix orders/",
      "  causa token list --file tokens.yaml",
      "  causa token revoke --file tokens.yaml k3j9x5a2bc"
    },
    sortOptions = false)
final class TokenCommand implements Runnable {
  @Spec CommandSpec spec;

  static CommandLine commandLine() {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new TokenCreateCommand())
        .addSubcommand(new TokenListCommand())
        .addSubcommand(new TokenRevokeCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected is create, list or revoke");
  }
}
