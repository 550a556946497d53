package io.causa.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;

/**
 * Where a run takes place: its plan, its directory, its ports, and the processes it has started,
 * all of which end with it.
 *
 * <p>Any thread may close it.
 */
final class Lab implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  /** Below the range from which systems take the local ports of outgoing connections. */
  private static final int MOST_PORT = 31_999;

  private final Path home;
  private final Path scratch;
  private final Plan plan;
  private final String heap;
  private final ConcurrentLinkedDeque<Child> children = new ConcurrentLinkedDeque<>();
  private int nextPort;
  private int started;
  private boolean closed;

  /**
   * @param home the checkout
   * @param scratch an empty directory on the disk to be measured
   * @param firstPort from where free ports are looked for
   * @param heap the heap of each server's JVM, as {@code -Xmx} has it
   */
  Lab(Path home, Path scratch, Plan plan, int firstPort, String heap) {
    this.home = home;
    this.scratch = scratch;
    this.plan = plan;
    this.nextPort = firstPort;
    this.heap = heap;
  }

  Path home() {
    return home;
  }

  Path scratch() {
    return scratch;
  }

  Plan plan() {
    return plan;
  }

  /** Tells whoever waits how it goes. */
  void say(String format, Object... arguments) {
    System.err.println(String.format(Locale.ROOT, format, arguments));
  }

  /** Returns the first of so many free ports in a row; no two calls return the same. */
  synchronized int ports(int count) {
    for (int first = nextPort; first + count <= MOST_PORT; first++) {
      if (IntStream.range(first, first + count).allMatch(Lab::isFree)) {
        nextPort = first + count;
        return first;
      }
    }
    throw new BenchException("no %d ports in a row are free on %s".formatted(count, HOST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port), 1);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Starts a server; its standard output goes to its log. */
  Child start(String name, Map<String, String> environment, List<String> command) {
    return launch(name, environment, command, false);
  }

  /** Starts a Java program of this project that answers questions: see {@link Child#ask}. */
  Child startAsked(String name, Class<?> program, List<String> arguments) {
    return launch(name, Map.of(), java(program, arguments), true);
  }

  private Child launch(
      String name, Map<String, String> environment, List<String> command, boolean asked) {
    Path log = scratch.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + "-" + ++started + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
    builder.environment().putAll(environment);
    builder.redirectError(log.toFile());
    if (!asked) {
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
    }
    try {
      return add(name, builder, log);
    } catch (IOException failed) {
      throw new BenchException("cannot start " + command + ": " + failed, failed);
    }
  }

  /** No process starts behind the end of the run. */
  private synchronized Child add(String name, ProcessBuilder builder, Path log) throws IOException {
    if (closed) {
      throw new BenchException("the run was interrupted");
    }
    Child child = new Child(name, builder.start(), log);
    children.push(child);
    return child;
  }

  /** Returns the command of a program of this project, in a JVM like that of a node. */
  List<String> java(Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk().resolve("bin/java").toString());
    command.add("@" + home.resolve("conf/jvm.options"));
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Xmx" + heap);
    command.add("-Dcausa.home=" + home);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Returns the home of the JDK that runs the suite. */
  static Path jdk() {
    return Path.of(System.getProperty("java.home"));
  }

  /**
   * Returns the variables of a node that {@code bin/causa} starts.
   *
   * @param jdk the home of the JDK on which it runs
   */
  Map<String, String> nodeVariables(Path jdk, String moreFlags) {
    return Map.of("JAVA_HOME", jdk.toString(), "CAUSA_JAVA_OPTS", "-Xmx" + heap + " " + moreFlags);
  }

  /**
   * Runs a program to its end.
   *
   * @return its standard output
   * @throws BenchException if its exit code is not 0
   */
  String run(String name, List<String> command) {
    return run(name, Map.of(), command);
  }

  /** Runs a program to its end, with more variables. */
  String run(String name, Map<String, String> environment, List<String> command) {
    Child child = launch(name, environment, command, true);
    try {
      String output = child.readAll();
      if (child.exitCode() != 0) {
        throw new BenchException(
            "%s failed with exit code %d; %s %s"
                .formatted(command, child.exitCode(), output, child.lastWords()));
      }
      return output;
    } finally {
      end(child);
    }
  }

  /** Ends one process. */
  void end(Child child) {
    children.remove(child);
    child.close();
  }

  /** Looks a program up on the PATH, and in the directories that administrators use. */
  static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin";
    for (String directory : path.split(":")) {
      Path file = Path.of(directory, program);
      if (!directory.isEmpty() && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Waits for something to happen, looking again and again. */
  static void sleepMillis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new BenchException("the run was interrupted", interrupted);
    }
  }

  String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether the run has ended, or was interrupted. */
  synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void refuseMore() {
    closed = true;
  }

  @Override
  public void close() {
    refuseMore();
    for (Child child = children.poll(); child != null; child = children.poll()) {
      child.close();
    }
  }
}
