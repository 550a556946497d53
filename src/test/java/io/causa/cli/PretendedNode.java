package io.causa.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that looks like a node from outside: takes its flags, serves its probe, stops with its
 * parent. It is not ready at its first probe, and with {@code --set pretend=dies} it never is.
 */
final class PretendedNode {
  private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
  private static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();

  private PretendedNode() {}

  /** An installation whose nodes are these, and whose files go under this directory. */
  static Installation installation(Path home) {
    return new Installation(home, jvm(PretendedNode.class));
  }

  /** A command that runs a main class of the tests; it knows picocli too. */
  static List<String> jvm(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        CLASSES + ":" + TEST_CLASSES + ":" + CLASSES.resolveSibling("lib") + "/*",
        main.getName());
  }

  public static void main(String[] args) throws IOException {
    List<String> flags = Arrays.asList(args);
    if (flags.contains("pretend=dies")) {
      System.err.println("a reason to die");
      System.exit(ExitCode.NODE_FAILED);
    }
    int port = Integer.parseInt(flags.get(flags.indexOf("--port") + 1));
    AtomicInteger probes = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(probes.getAndIncrement() == 0 ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
    if (flags.contains("--stop-with-parent")) {
      ParentWatch.start(System.in, () -> System.exit(ExitCode.TERMINATED));
    }
  }
}
