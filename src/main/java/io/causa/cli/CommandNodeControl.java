package io.causa.cli;

import io.causa.scenario.NodeControl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/**
 * Stops, starts and kills nodes by commands that the operator gives, such as {@code docker compose
 * stop {node}}.
 */
final class CommandNodeControl implements NodeControl {
  private static final String PLACE = "{node}";
  private static final int MOST_SECONDS = 60;
  private static final int MOST_OUTPUT_CHARACTERS = 500;

  private final Vertx vertx;
  private final Templates templates;

  /** The commands, run by {@code sh -c}; {@code {node}} stands for the node's name. */
  static final class Templates {
    @Option(
        names = "--stop-command",
        paramLabel = "COMMAND",
        description = "Stops a node, for example 'docker compose stop {node}'.")
    String stop;

    @Option(names = "--start-command", paramLabel = "COMMAND", description = "Starts it again.")
    String start;

    @Option(
        names = "--kill-command",
        paramLabel = "COMMAND",
        description = "Ends it at once (default: the same as --stop-command).")
    String kill;
  }

  private CommandNodeControl(Vertx vertx, Templates templates) {
    this.vertx = vertx;
    this.templates = templates;
  }

  /**
   * @return empty if no command was given
   * @throws CommandFailure if only one of the two that belong together was
   */
  static Optional<NodeControl> of(Vertx vertx, Templates templates) {
    if ((templates.stop == null) != (templates.start == null)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--stop-command and --start-command are of use only together");
    }
    return templates.stop == null
        ? Optional.empty()
        : Optional.of(new CommandNodeControl(vertx, templates));
  }

  @Override
  public Future<Void> stop(String nodeName) {
    return run(templates.stop, nodeName);
  }

  @Override
  public Future<Void> start(String nodeName) {
    return run(templates.start, nodeName);
  }

  @Override
  public Future<Void> kill(String nodeName) {
    return run(templates.kill == null ? templates.stop : templates.kill, nodeName);
  }

  private Future<Void> run(String template, String nodeName) {
    String command = template.replace(PLACE, nodeName);
    return vertx.executeBlocking(() -> runNow(command), false);
  }

  private static Void runNow(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("causa-command-", ".log");
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      requireSuccess(command, process, output);
      return null;
    } finally {
      Files.delete(output);
    }
  }

  private static void requireSuccess(String command, Process process, Path output)
      throws IOException, InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("`%s` did not end within %d s".formatted(command, MOST_SECONDS));
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "`%s` ended with exit code %d: %s"
              .formatted(command, process.exitValue(), shortened(Files.readString(output))));
    }
  }

  private static String shortened(String output) {
    String text = output.strip();
    return text.length() <= MOST_OUTPUT_CHARACTERS
        ? text
        : text.substring(0, MOST_OUTPUT_CHARACTERS) + " …";
  }
}
