package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code causa forget}. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a node out of the cluster for good: no other node waits to hear from it any more.",
      "Stop it first. If it is started again with its data, it stops once, and then joins as a new"
          + " generation that hands on what only it held."
    },
    sortOptions = false)
final class ForgetCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The node that left.")
  String name;

  @Override
  Future<Answer> ask(CausaClient client) {
    return client.forget(name);
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    if (answer instanceof Answer.Forgotten forgotten) {
      if (printer.isJson()) {
        printer.json(new Forgotten(forgotten.replica()));
      } else {
        printer.out().println("forgotten " + forgotten.replica());
      }
      return ExitCode.OK;
    }
    return printer.unwelcome(name, answer);
  }

  /** What {@code --json} prints. */
  record Forgotten(String forgotten) {}
}
