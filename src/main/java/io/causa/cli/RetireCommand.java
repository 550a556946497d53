package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code causa retire}. */
@Command(
    name = "retire",
    mixinStandardHelpOptions = true,
    description = {
      "Closes the history of a generation that is no member any more: what it wrote and no member"
          + " has is given up, and nothing waits for it.",
      "Every member must be running, and have all of its writes that any of them has."
    },
    sortOptions = false)
final class RetireCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "NAME.GEN",
      description = "The generation, as `causa status` shows it.")
  String generation;

  @Override
  Future<Answer> ask(CausaClient client) {
    return client.retire(generation);
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    if (answer instanceof Answer.Retired retired) {
      if (printer.isJson()) {
        printer.json(new Retired(retired.replica(), retired.last()));
      } else {
        printer.out().println("retired " + retired.replica() + " behind write " + retired.last());
      }
      return ExitCode.OK;
    }
    return printer.unwelcome(generation, answer);
  }

  /** What {@code --json} prints. */
  record Retired(String retired, long last) {}
}
