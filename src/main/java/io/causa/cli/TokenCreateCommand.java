package io.causa.cli;

import io.causa.access.AccessList;
import io.causa.access.Grant;
import io.causa.access.Role;
import io.causa.access.Token;
import io.causa.access.TokenEntry;
import io.causa.access.TokenHash;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code causa token create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a token and prints it, this one time: the file keeps a hash of it alone.",
      "Clients send it as `Authorization: Bearer TOKEN`."
    },
    sortOptions = false)
final class TokenCreateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin TokenFileOption file = new TokenFileOption();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description =
          "read (values and the status), write (that, and put and delete) or admin (that, and"
              + " faults, backups, members).")
  String role;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "Only for keys that begin so. Repeatable; without it, all keys.")
  List<String> prefixes = List.of();

  @Option(names = "--note", paramLabel = "TEXT", description = "What it is for, for people.")
  String note;

  /** What {@code --json} prints. */
  record Created(String token, String id, String role, List<String> prefixes) {}

  @Override
  public Integer call() {
    Grant grant = grant();
    AccessList list = file.readIfThere();
    Token token = Token.of(random());
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    file.write(list.with(new TokenEntry(token.id(), new TokenHash().hex(token), grant, now, note)));
    show(token, grant);
    return ExitCode.OK;
  }

  private Grant grant() {
    Role known =
        Role.of(role)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--role is \"%s\", expected is read, write or admin".formatted(role)));
    try {
      return new Grant(known, prefixes);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private static byte[] random() {
    byte[] random = new byte[Token.RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return random;
  }

  private void show(Token token, Grant grant) {
    PrintWriter out = spec.commandLine().getOut();
    if (file.json) {
      new AnswerPrinter(out, spec.commandLine().getErr(), true)
          .json(new Created(token.text(), token.id(), grant.role().toString(), grant.prefixes()));
    } else {
      out.println(token.text());
      spec.commandLine()
          .getErr()
          .printf(
              "causa: %s has the token %s now; keep what is printed, as it is shown this one time%n",
              file.path(), token.id());
    }
    out.flush();
  }
}
