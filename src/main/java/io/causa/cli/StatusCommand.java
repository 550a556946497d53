package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import picocli.CommandLine.Command;

/** {@code causa status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a node's clock, its peers, what it buffers and what it stores.",
      "With --json: everything that GET /status tells."
    },
    sortOptions = false)
final class StatusCommand extends ClientCommand {

  @Override
  Future<Answer> ask(CausaClient client) {
    return target.isJson() ? client.statusText() : client.status();
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    if (answer instanceof Answer.Reported reported) {
      printer.out().print(StatusView.of(target.url(), reported.status()));
      printer.out().flush();
      return ExitCode.OK;
    }
    if (answer instanceof Answer.Found found) {
      printer.out().println(found.text());
      return ExitCode.OK;
    }
    return printer.unwelcome("/status", answer);
  }
}
