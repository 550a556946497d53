package io.causa.node.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A {@link FormationProgram} in a JVM of its own, with what it printed so far. */
final class FormationProcess implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(90);

  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private FormationProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  static FormationProcess start(String name, int port, String join) {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.startsWith("CAUSA_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "CAUSA_NODE_ID",
                name,
                "CAUSA_CLUSTER_NAME",
                "formation-" + ProcessHandle.current().pid(),
                "CAUSA_CLUSTER_PORT",
                Integer.toString(port),
                "CAUSA_CLUSTER_JOIN",
                join));
    try {
      return new FormationProcess(name, builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> command() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path =
        String.join(File.pathSeparator, "target/test-classes", "target/classes", "target/lib/*");
    // Three short lives on two cores: the time to compile well, and to collect, is better saved.
    return List.of(
        java,
        "@conf/jvm.options",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        path,
        FormationProgram.class.getName());
  }

  void awaitHears(String names) throws InterruptedException {
    awaitLine(line -> line.endsWith(" hears " + names), "to hear " + names);
  }

  void awaitJoined() throws InterruptedException {
    awaitLine(line -> line.endsWith(" joined"), "to join");
  }

  private synchronized void awaitLine(Predicate<String> wanted, String what)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    while (lines.stream().noneMatch(wanted)) {
      long leftNanos = LIMIT_NANOS - (System.nanoTime() - startNanos);
      if (leftNanos <= 0) {
        throw new AssertionError(
            "waited in vain for %s %s:%n%s".formatted(name, what, String.join("\n", lines)));
      }
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(this::add);
    } catch (IOException | UncheckedIOException closed) {
      add("output closed: " + closed);
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  /** Ends it at once, as a power failure would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it leave the cluster. */
  void leave() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
      throw new AssertionError("%s does not end:%n%s".formatted(name, String.join("\n", lines)));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
