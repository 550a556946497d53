package io.causa.cli;

import io.causa.access.AccessList;
import io.causa.access.CertificateEntry;
import io.causa.access.Grant;
import io.causa.access.TokenEntry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code causa token list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists tokens and certificates, without any secret.",
    sortOptions = false)
final class TokenListCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin TokenFileOption file = new TokenFileOption();

  /** One line of {@code --json}. */
  record Shown(
      String id, String subject, String role, List<String> prefixes, String created, String note) {

    static Shown of(TokenEntry token) {
      return new Shown(
          token.id(),
          null,
          token.grant().role().toString(),
          token.grant().prefixes(),
          token.created(),
          token.note());
    }

    static Shown of(CertificateEntry one) {
      Grant grant = one.grant();
      return new Shown(
          null, one.subject(), grant.role().toString(), grant.prefixes(), null, one.note());
    }
  }

  @Override
  public Integer call() {
    AccessList list = file.read();
    PrintWriter out = spec.commandLine().getOut();
    if (file.json) {
      AnswerPrinter printer = new AnswerPrinter(out, spec.commandLine().getErr(), true);
      list.tokens().forEach(token -> printer.json(Shown.of(token)));
      list.certificates().forEach(certificate -> printer.json(Shown.of(certificate)));
    } else {
      Columns table = new Columns("WHO", "ROLE", "KEYS", "CREATED", "NOTE");
      list.tokens()
          .forEach(token -> row(table, token.id(), token.grant(), token.created(), token.note()));
      list.certificates().forEach(one -> row(table, one.subject(), one.grant(), "", one.note()));
      out.print(table.isEmpty() ? "nobody\n" : table.toString());
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void row(Columns table, String who, Grant grant, String created, String note) {
    String keys = grant.isLimited() ? String.join(", ", grant.prefixes()) : "all";
    table.row(who, grant.role(), keys, created, note);
  }
}
