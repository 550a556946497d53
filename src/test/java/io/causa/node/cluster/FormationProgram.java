package io.causa.node.cluster;

import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A member and nothing else: configured by the environment, it says its name on the event bus and
 * prints, with the milliseconds since the start of the JVM, when it has joined and whenever it
 * hears a name for the first time. It ends when its input does.
 */
final class FormationProgram {
  private static final String HELLO = "formation.hello";
  private static final long HELLO_INTERVAL_MILLIS = 50;

  private FormationProgram() {}

  public static void main(String[] args) throws IOException {
    NodeConfig config = NodeConfigLoader.load(Map.of(), System.getenv(), Optional.empty());
    Vertx vertx = ClusteredVertx.start(config.cluster()).await();
    print("joined");
    long timer = greet(vertx, config.node().id());
    waitForEndOfInput();
    vertx.cancelTimer(timer);
    vertx.close().await();
    print("closed");
  }

  private static long greet(Vertx vertx, String name) {
    Set<String> heard = new ConcurrentSkipListSet<>();
    EventBus bus = vertx.eventBus();
    bus.<String>consumer(HELLO, hello -> hear(hello.body(), heard)).completion().await();
    return vertx.setPeriodic(HELLO_INTERVAL_MILLIS, timer -> bus.publish(HELLO, name));
  }

  private static void hear(String name, Set<String> heard) {
    if (heard.add(name)) {
      print("hears " + String.join(",", heard));
    }
  }

  private static void waitForEndOfInput() throws IOException {
    int read = 0;
    while (read >= 0) {
      read = System.in.read();
    }
  }

  private static void print(String event) {
    long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.printf("%d %s%n", System.currentTimeMillis() - startMillis, event);
  }
}
