package io.causa.cli;

import io.causa.cli.playground.Playgrounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code causa cluster} as a test sees it: its lines, its children, its end. */
final class ClusterProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready .* (http://\\S+)");
  private static final int MOST_SECONDS = 60;

  private final Process process;
  private final BufferedReader lines;
  private final List<String> seen = new ArrayList<>();

  /**
   * @param runDirectory where it tells other terminals of itself
   */
  ClusterProcess(List<String> command, Path runDirectory) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(Playgrounds.VARIABLE, runDirectory.toString());
    process = builder.start();
    lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Reads on until a line contains this text; the test's own time limit ends a wait in vain. */
  List<String> readUntil(String text) {
    try {
      String line;
      do {
        line = lines.readLine();
        if (line == null) {
          throw new AssertionError("ended without \"" + text + "\":\n" + String.join("\n", seen));
        }
        seen.add(line);
      } while (!line.contains(text));
      return List.copyOf(seen);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Everything until the end. */
  String readAll() {
    lines.lines().forEach(seen::add);
    return String.join("\n", seen);
  }

  /** The addresses of the nodes, in the order in which they became ready. */
  List<String> urls() {
    return seen.stream()
        .map(READY::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .sorted()
        .toList();
  }

  List<ProcessHandle> nodes() {
    return process.children().toList();
  }

  /** Through the handle: {@link Process#destroy} would close the pipe that is still to be read. */
  void terminate() {
    process.toHandle().destroy();
  }

  void kill() {
    process.toHandle().destroyForcibly();
  }

  int awaitExitCode() throws InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the cluster did not end within " + MOST_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** Waits until each of these processes is gone. */
  static void awaitGone(List<ProcessHandle> nodes) throws Exception {
    for (ProcessHandle node : nodes) {
      node.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    process.children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
