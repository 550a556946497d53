package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.causa.client.HeldPage;
import io.causa.client.HeldWrite;
import io.vertx.core.Future;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code causa held}. */
@Command(
    name = "held",
    mixinStandardHelpOptions = true,
    customSynopsis = "causa held [--node=URL] [--json] [--after=ID] [ID | cancel ID]",
    description = {
      "Shows the writes that a node holds until what they depend on arrives (put --async, vc).",
      "With an ID: that one. With cancel and an ID: gives that one up for good."
    },
    sortOptions = false)
final class HeldCommand extends ClientCommand {
  private static final String CANCEL = "cancel";
  private static final int PAGE = 100;

  @Parameters(
      arity = "0..2",
      paramLabel = "[cancel] ID",
      description = "The id of a held write, as the 202 answer and this list have it.")
  List<String> words = List.of();

  @Option(names = "--after", paramLabel = "ID", description = "Goes on behind that one.")
  String after;

  @Override
  void check() {
    boolean known = words.size() < 2 || words.get(0).equals(CANCEL);
    boolean complete = words.size() != 1 || !words.get(0).equals(CANCEL);
    if (!known || !complete || (after != null && !words.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "expected is nothing, an ID, or `cancel ID`, not " + words);
    }
  }

  @Override
  Future<Answer> ask(CausaClient client) {
    return switch (words.size()) {
      case 0 -> client.held(after, PAGE);
      case 1 -> client.held(words.get(0));
      default -> client.cancelHeld(words.get(1));
    };
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    if (answer instanceof Answer.HeldList list) {
      show(list.page(), printer);
    } else if (answer instanceof Answer.Held held) {
      show(held.write(), printer);
    } else if (answer instanceof Answer.Cancelled cancelled) {
      show(cancelled.id(), printer);
    } else {
      return printer.unwelcome("/admin/held", answer);
    }
    printer.out().flush();
    return ExitCode.OK;
  }

  private static void show(HeldPage page, AnswerPrinter printer) {
    if (printer.isJson()) {
      printer.json(page);
      return;
    }
    printer.out().printf("%d held, %d bytes%n", page.heldWrites(), page.heldBytes());
    Columns table = table();
    page.held().forEach(write -> addRow(table, write));
    if (!table.isEmpty()) {
      printer.out().print("\n" + table);
    }
    if (page.next() != null) {
      printer.out().println("… more with --after " + page.next());
    }
  }

  private static void show(HeldWrite write, AnswerPrinter printer) {
    if (printer.isJson()) {
      printer.json(write);
    } else {
      Columns table = table();
      addRow(table, write);
      printer.out().print(table);
    }
  }

  private static void show(String cancelled, AnswerPrinter printer) {
    if (printer.isJson()) {
      printer.json(new Cancelled(cancelled));
    } else {
      printer.out().println("cancelled " + cancelled);
    }
  }

  private static Columns table() {
    return new Columns("HELD", "KEYS", "BYTES", "SECONDS", "EXPIRES IN", "WAITS FOR");
  }

  private static void addRow(Columns table, HeldWrite write) {
    String more = write.moreKeys() == 0 ? "" : ", and %d more".formatted(write.moreKeys());
    table.row(
        write.id(),
        String.join(", ", write.keys()) + more,
        write.bytes(),
        write.heldMillis() / 1000,
        write.expiresInMillis() / 1000,
        write.waitsFor());
  }

  /** What {@code --json} prints. */
  record Cancelled(String cancelled) {}
}
