package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes with logs of 1 MiB, of which one is away while the other gets more than that. */
@Timeout(180)
class SnapshotIT {

  private static final long PATIENCE_MILLIS = 60_000;
  private static final long PROBE_MILLIS = 20;
  private static final int VALUES = 12;
  private static final String VALUE = "v".repeat(200_000);

  @TempDir Path home;
  private final Vertx vertx = ClientVertx.start();
  private final List<LocalNode> nodes = new ArrayList<>();

  @AfterEach
  void endAll() {
    nodes.forEach(LocalNode::kill);
    vertx.close();
  }

  @Test
  void aNodeThatWasAwayForLongerThanTheLogReachesBackCatchesUpAndIsFoundSoAgain() throws Exception {
    LocalNode node1 = startAndAwaitReady(0);
    LocalNode node2 = startAndAwaitReady(1);
    ask(node1, client -> client.put("deleted meanwhile", "x", Ask.PLAIN.withAcks(1)));
    node2.kill();
    node2.awaitEnd();
    for (int i = 0; i < VALUES; i++) {
      String key = "key" + i;
      assertThat(ask(node1, client -> client.put(key, VALUE, Ask.PLAIN)))
          .isInstanceOf(Answer.Written.class);
    }
    ask(node1, client -> client.delete("deleted meanwhile", Ask.PLAIN));

    node2.start();
    awaitReady(node2);

    assertCaughtUp(node2);
    node2.kill();
    node2.awaitEnd();
    node2.start();
    awaitReady(node2);
    assertCaughtUp(node2);
  }

  private void assertCaughtUp(LocalNode node) throws InterruptedException {
    for (int i = 0; i < VALUES; i++) {
      String key = "key" + i;
      assertThat(ask(node, client -> client.get(key, Ask.PLAIN)))
          .isInstanceOfSatisfying(
              Answer.Found.class, found -> assertThat(found.text()).isEqualTo(VALUE));
    }
    assertThat(ask(node, client -> client.get("deleted meanwhile", Ask.PLAIN)))
        .isNotInstanceOf(Answer.Found.class);
  }

  private LocalNode startAndAwaitReady(int number) throws InterruptedException {
    if (nodes.isEmpty()) {
      Installation real = new Installation(home, PretendedNode.jvm(Main.class));
      ClusterPlan.of(settings(), real).forEach(plan -> nodes.add(new LocalNode(plan, real)));
    }
    LocalNode node = nodes.get(number);
    node.start();
    awaitReady(node);
    return node;
  }

  private ClusterSettings settings() {
    ClusterSettings settings = new ClusterSettings();
    settings.nodes = 2;
    settings.basePort = 0;
    settings.durability.directory = home.resolve("data");
    settings.logs = home.resolve("logs");
    settings.others.put("storage.logBytes", "1048576");
    return settings;
  }

  private static void awaitReady(LocalNode node) throws InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (node.state() != LocalNode.State.READY) {
      assertThat(node.isAlive()).as(node.epitaph()).isTrue();
      assertThat(System.nanoTime()).as(node.epitaph()).isLessThan(endNanos);
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  private Answer ask(LocalNode node, Function<CausaClient, Future<Answer>> request)
      throws InterruptedException {
    try (CausaClient client = CausaClient.open(vertx, node.plan().url())) {
      return ClientVertx.await(request.apply(client));
    }
  }
}
