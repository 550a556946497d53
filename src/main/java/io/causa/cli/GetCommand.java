package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code causa get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a key's value to the standard output, byte for byte.",
      "With --json: the value with its version, its clock and the concurrent versions it won over."
    },
    sortOptions = false)
final class GetCommand extends ClientCommand {
  private final PrintStream raw;

  @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
  String key;

  @Mixin AskOptions options = new AskOptions();

  /**
   * @param raw where values go as bytes; a writer would have to know their character set
   */
  GetCommand(PrintStream raw) {
    this.raw = raw;
  }

  @Override
  Future<Answer> ask(CausaClient client) {
    return target.isJson() ? client.describe(key, options.ask()) : client.get(key, options.ask());
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    if (answer instanceof Answer.Found found) {
      byte[] value = found.value().getBytes();
      raw.write(value, 0, value.length);
      raw.flush();
      return ExitCode.OK;
    }
    if (answer instanceof Answer.Described described) {
      printer.json(described.detail());
      return ExitCode.OK;
    }
    return printer.unwelcome(key, answer);
  }
}
