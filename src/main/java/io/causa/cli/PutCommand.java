package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code causa put}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description =
        "Gives a key a value. Prints the version, the clock and the context to go on from.",
    footer = {
      "",
      "Examples:",
      "  causa put greeting hello",
      "  causa put picture --file cat.png --content-type image/png",
      "  date | causa put now -"
    },
    sortOptions = false)
final class PutCommand extends ClientCommand {
  /** More than any node takes; keeps a mistake from filling the heap. */
  private static final int MOST_BYTES = 64 << 20;

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String STDIN = "-";
  private static final String BYTES = "application/octet-stream";

  @Parameters(index = "0", paramLabel = "KEY", description = "The key; it may contain slashes.")
  String key;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "The value; - reads it from stdin.")
  String value;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Takes the value from a file.")
  Path file;

  @Option(
      names = {"-t", "--content-type"},
      paramLabel = "TYPE",
      description = "What the value is (default: " + TEXT + "; from a file or -: " + BYTES + ").")
  String contentType;

  @Option(
      names = "--async",
      description = "Do not wait for the context: the node holds the write until it has arrived.")
  boolean async;

  @Mixin AskOptions options = new AskOptions();

  @Override
  Future<Answer> ask(CausaClient client) {
    boolean text = file == null && !value.equals(STDIN);
    String type = contentType != null ? contentType : text ? TEXT : BYTES;
    Buffer bytes = text ? Buffer.buffer(value) : Buffer.buffer(read());
    return client.put(key, bytes, type, options.ask().respondingAsync(async));
  }

  @Override
  void check() {
    if ((value == null) == (file == null)) {
      throw new ParameterException(spec.commandLine(), "expected is either a VALUE or --file FILE");
    }
  }

  private byte[] read() {
    String name = file == null ? "standard input" : file.toString();
    try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new CommandFailure(
            ExitCode.USAGE, "%s has more than %d bytes".formatted(name, MOST_BYTES));
      }
      return bytes;
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE, Reasons.cannot("read", Path.of(name), unreadable), unreadable);
    }
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    return printer.write(key, answer);
  }
}
