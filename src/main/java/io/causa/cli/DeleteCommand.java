package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code causa delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes a key. Deleting what is not there is a write all the same.",
    sortOptions = false)
final class DeleteCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
  String key;

  @Mixin AskOptions options = new AskOptions();

  @Override
  Future<Answer> ask(CausaClient client) {
    return client.delete(key, options.ask());
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    return printer.write(key, answer);
  }
}
