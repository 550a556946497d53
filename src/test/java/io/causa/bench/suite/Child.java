package io.causa.bench.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that the suite has started. What it says as a log goes to a file; its standard output
 * does, too, unless the suite asks it questions.
 *
 * <p>Owner: the thread that started it.
 */
final class Child implements AutoCloseable {

  private static final String ANSWER = "RESULT ";
  private static final int PATIENCE_SECONDS = 10;
  private static final int TOLD_LINES = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final BufferedReader answers;

  Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  Path log() {
    return log;
  }

  /**
   * Writes a line to the process and waits for its line {@code RESULT …}.
   *
   * @return what stands behind {@code RESULT}
   * @throws BenchException if the process ends, or does not answer within the time
   */
  String ask(String question, int limitSeconds) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(question).append('\n').flush();
      return CompletableFuture.supplyAsync(this::readAnswer).get(limitSeconds, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException | InterruptedException failed) {
      throw new BenchException(
          "%s gave no answer to \"%s\" within %d s; %s"
              .formatted(name, question, limitSeconds, lastWords()),
          failed);
    }
  }

  private String readAnswer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(ANSWER)) {
          return line.substring(ANSWER.length());
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    throw new BenchException(name + " ended");
  }

  /** Reads its standard output to the end. */
  String readAll() {
    return String.join("\n", answers.lines().toList()) + "\n";
  }

  /** Waits for its end. */
  int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      throw new BenchException("the run was interrupted", interrupted);
    }
  }

  /**
   * @throws BenchException if the process has ended
   */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new BenchException(
          "%s ended with exit code %d; %s".formatted(name, process.exitValue(), lastWords()));
    }
  }

  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      List<String> last = lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
      return "its log ends with:\n" + String.join("\n", last);
    } catch (IOException gone) {
      return "it has left no log";
    }
  }

  /** Ends the process: politely, and after ten seconds for good. */
  @Override
  public void close() {
    Signals.goOn(List.of(pid())); // what stands still would not hear that it shall end
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
