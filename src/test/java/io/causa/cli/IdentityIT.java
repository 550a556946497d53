package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes, one of which gets a twin, and then its own past. */
@Timeout(180)
class IdentityIT {

  private static final long PATIENCE_MILLIS = 60_000;
  private static final long PROBE_MILLIS = 20;
  private static final Ask ACKED = Ask.PLAIN.withAcks(1).withWaitSeconds(20);

  @TempDir Path home;
  private final Vertx vertx = ClientVertx.start();
  private final List<LocalNode> nodes = new ArrayList<>();
  private Installation real;
  private List<NodePlan> plans;

  @BeforeEach
  void plan() {
    ClusterSettings settings = new ClusterSettings();
    settings.nodes = 2;
    settings.basePort = 0;
    settings.durability.directory = home.resolve("data");
    settings.logs = home.resolve("logs");
    real = new Installation(home, PretendedNode.jvm(Main.class));
    plans = ClusterPlan.of(settings, real);
  }

  @AfterEach
  void endAll() {
    nodes.forEach(LocalNode::kill);
    vertx.close();
  }

  @Test
  void aTwinIsRefusedByBothAddressesAndAnOlderCopyGoesOnInTheSameProcess() throws Exception {
    LocalNode node1 = startAndAwaitReady(plans.get(0));
    startAndAwaitReady(plans.get(1));
    put(node1, "before");
    Path data = home.resolve("data").resolve("node1");
    Path older = home.resolve("older");
    node1.terminate();
    node1.awaitEnd();
    copy(data, older);
    node1.start();
    awaitReady(node1);

    LocalNode twin = start(twin(older));
    await(() -> !twin.isAlive(), twin);
    assertThat(twin.epitaph())
        .contains("exit code " + ExitCode.NODE_FAILED)
        .contains("lives under the same name", node1.plan().url(), twin.plan().url());
    put(node1, "after");

    node1.kill();
    node1.awaitEnd();
    Files.delete(node1.plan().log());
    rollBack(data, older);
    node1.start();
    awaitReady(node1);
    put(node1, "since");
    assertThat(Files.readString(node1.plan().log())).contains("starts again as a new generation");
    assertThat(List.of(get(node1, "before"), get(node1, "after"), get(node1, "since")))
        .containsExactly("before", "after", "since");
  }

  /** The same name, and a copy of the directory, at other ports. */
  private NodePlan twin(Path directory) throws IOException {
    NodePlan plan = plans.get(0);
    copy(directory, home.resolve("twin"));
    List<String> flags = new ArrayList<>(plan.flags());
    Ports ports = new Ports(plan.host());
    int http = ports.free();
    replace(flags, "--port", "" + http);
    replace(flags, "--cluster-port", "" + ports.free());
    replace(flags, "--bus-port", "" + ports.free());
    replace(flags, "--data", home.resolve("twin").toString());
    return new NodePlan(plan.id(), plan.host(), http, flags, home.resolve("logs/twin.log"));
  }

  private static void replace(List<String> flags, String flag, String value) {
    flags.set(flags.indexOf(flag) + 1, value);
  }

  private LocalNode startAndAwaitReady(NodePlan plan) throws InterruptedException {
    LocalNode node = start(plan);
    awaitReady(node);
    return node;
  }

  private LocalNode start(NodePlan plan) {
    LocalNode node = new LocalNode(plan, real);
    nodes.add(node);
    node.start();
    return node;
  }

  private static void awaitReady(LocalNode node) throws InterruptedException {
    await(() -> node.state() == LocalNode.State.READY || !node.isAlive(), node);
    assertThat(node.isAlive()).as(node.epitaph()).isTrue();
  }

  private static void await(BooleanSupplier condition, LocalNode node) throws InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(node.epitaph()).isLessThan(endNanos);
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  /** Acknowledged by the other node, too. */
  private void put(LocalNode node, String key) throws InterruptedException {
    assertThat(ask(node, client -> client.put(key, key, ACKED))).isInstanceOf(Answer.Written.class);
  }

  private String get(LocalNode node, String key) throws InterruptedException {
    Answer answer = ask(node, client -> client.get(key, Ask.PLAIN));
    return answer instanceof Answer.Found found ? found.text() : answer.toString();
  }

  private Answer ask(LocalNode node, Function<CausaClient, Future<Answer>> request)
      throws InterruptedException {
    try (CausaClient client = CausaClient.open(vertx, node.plan().url())) {
      return ClientVertx.await(request.apply(client));
    }
  }

  /** As a volume is set back below the file system: the mark of the directory stays. */
  private static void rollBack(Path directory, Path before) throws IOException {
    Path kept = directory.resolveSibling("original");
    Files.move(directory.resolve("original"), kept);
    for (Path file : files(directory, Comparator.reverseOrder())) {
      Files.delete(file);
    }
    copy(before, directory);
    Files.move(kept, directory.resolve("original"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from, Comparator.naturalOrder())) {
      Files.copy(file, to.resolve(from.relativize(file)));
    }
  }

  private static List<Path> files(Path directory, Comparator<Path> order) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted(order).toList();
    }
  }
}
