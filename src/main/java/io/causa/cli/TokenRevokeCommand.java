package io.causa.cli;

import io.causa.access.AccessList;
import io.causa.access.Token;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code causa token revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Takes a token out of the file: within seconds it opens nothing any more.",
    sortOptions = false)
final class TokenRevokeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin TokenFileOption file = new TokenFileOption();

  @Parameters(paramLabel = "ID", description = "The id of the token, or the token itself.")
  String id;

  /** What {@code --json} prints. */
  record Revoked(String revoked) {}

  @Override
  public Integer call() {
    String wanted = Token.parse(id).map(Token::id).orElse(id);
    AccessList fewer =
        file.read()
            .without(wanted)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "%s has no token \"%s\"; `causa token list --file %s` shows its tokens"
                            .formatted(file.path(), wanted, file.path())));
    file.write(fewer);
    if (file.json) {
      new AnswerPrinter(spec.commandLine().getOut(), spec.commandLine().getErr(), true)
          .json(new Revoked(wanted));
    } else {
      spec.commandLine().getOut().println("revoked " + wanted);
    }
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
