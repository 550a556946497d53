package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.DataFill;
import io.causa.core.Mutation;
import io.causa.core.Refusal;
import io.causa.core.Value;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes; the first has room for little data, the second for much. */
class FullNodeTest {

  private static final int VALUE_BYTES = 10_000;
  private static final long LIMIT = 200_000;
  private static final long RESERVE = 50_000;
  private static final long MOST_MILLIS = 30_000;

  private final Vertx timers = Vertx.vertx();
  private final LossyNetwork network = new LossyNetwork(timers, 1, 0.05, 0.05);
  private final Map<String, CausaNode> nodes = new HashMap<>();
  @TempDir private Path directories;

  @AfterEach
  void stopAll() throws Exception {
    network.cut();
    for (CausaNode node : nodes.values()) {
      await(node.stop());
    }
    await(timers.close());
  }

  @Test
  void aFullNodeRefusesAndStopsAndRecoversAndNothingIsLost() throws Exception {
    start("node1", LIMIT);
    start("node2", 100 * LIMIT);
    await(nodes.get("node1").ready());
    await(nodes.get("node2").ready());

    int keys = 0;
    while (put("node1", "k" + keys) instanceof Outcome.Done) {
      keys++;
    }
    assertThat(((Outcome.Refused<Dot>) put("node1", "k" + keys)).why())
        .isInstanceOf(Refusal.DataFull.class);
    assertThat(data("node1").usedBytes()).isBetween(LIMIT - 2 * VALUE_BYTES, LIMIT);
    assertThat(nodes.get("node1").isAvailable()).as("it takes what the peers write").isTrue();

    for (int i = 0; i < 10; i++) {
      assertThat(put("node2", "r" + i)).isInstanceOf(Outcome.Done.class);
    }
    NodeStatus full = awaitStatus("node1", s -> s.data().isStopped() && s.data().percent() > 100);
    assertThat(full.data().usedBytes()).isBetween(LIMIT, LIMIT + RESERVE);
    assertThat(full.notReady()).contains("beyond its limit", "store.dataBytes");
    assertThat(nodes.get("node1").isAvailable()).isFalse();
    assertThat(nodes.get("node1").isReady()).as("it serves reads and deletes").isTrue();

    for (int i = 0; i < 8; i++) {
      assertThat(write("node1", new Mutation.Delete("k" + i))).isInstanceOf(Outcome.Done.class);
    }
    awaitStatus("node1", s -> s.notReady().isEmpty());
    assertThat(nodes.get("node1").isAvailable()).isTrue();
    awaitSame();
    assertThat(nodes.get("node1").store().view().get("r9")).isPresent();
    assertThat(nodes.get("node2").store().view().get("k" + keys)).as("refused").isEmpty();

    restartWithLess();
  }

  private void restartWithLess() throws Exception {
    await(nodes.remove("node1").stop());
    start("node1", LIMIT / 3);
    NodeStatus tooFull =
        awaitStatus("node1", s -> s.data().isStopped() && s.data().percent() > 100);
    assertThat(tooFull.notReady()).contains("beyond its limit");
    await(nodes.get("node1").ready());

    for (int i = 8; i < 20; i++) {
      write("node1", new Mutation.Delete("k" + i));
    }
    awaitStatus("node1", s -> s.notReady().isEmpty());
    awaitSame();
  }

  private void start(String name, long dataBytes) throws Exception {
    Vertx vertx = Vertx.vertx();
    NodeConfig config =
        NodeConfigLoader.load(
            Map.of(
                "node.id", name,
                "node.stopMillis", "1000",
                "store.dataBytes", String.valueOf(dataBytes),
                "store.dataReserveBytes", String.valueOf(RESERVE),
                "buffer.handedOverBytes", String.valueOf(3 * VALUE_BYTES)),
            Map.of(),
            Optional.empty());
    var options =
        new RocksStorage.Options(
            directories.resolve(name), Durability.BUFFERED, 1 << 20, name, "causa");
    var storage = RocksStorage.open(options, System::currentTimeMillis);
    CausaNode node = new CausaNode(config, vertx, storage, network.at(name, vertx));
    await(node.deploy(ports -> NoEdge::new));
    node.begin(1);
    nodes.put(name, node);
  }

  private Outcome<Dot> put(String name, String key) throws Exception {
    Value value = new Value(Bytes.wrap(new byte[VALUE_BYTES]), "application/octet-stream");
    return write(name, new Mutation.Put(key, value));
  }

  private Outcome<Dot> write(String name, Mutation mutation) throws Exception {
    var request = new WriteRequest(List.of(mutation), VersionVector.EMPTY, 0, false);
    return await(nodes.get(name).store().write(request, never()));
  }

  private DataFill data(String name) throws Exception {
    return await(nodes.get(name).status()).data();
  }

  private void awaitSame() throws Exception {
    for (CausaNode node : nodes.values()) {
      for (CausaNode other : nodes.values()) {
        await(other.store().await(node.store().view().applied(), MOST_MILLIS, never()));
      }
    }
    assertThat(nodes.get("node1").store().view().applied())
        .isEqualTo(nodes.get("node2").store().view().applied());
  }

  private NodeStatus awaitStatus(String name, Predicate<NodeStatus> condition) throws Exception {
    Promise<NodeStatus> met = Promise.promise();
    NodeStatus[] last = new NodeStatus[1];
    long timer = timers.setPeriodic(20, id -> look(name, condition, met, last));
    try {
      return met.future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(MOST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(name + " ends with " + last[0], late);
    } finally {
      timers.cancelTimer(timer);
    }
  }

  private void look(
      String name, Predicate<NodeStatus> condition, Promise<NodeStatus> met, NodeStatus[] last) {
    nodes
        .get(name)
        .status()
        .onSuccess(
            status -> {
              last[0] = status;
              if (condition.test(status)) {
                met.tryComplete(status);
              }
            });
  }

  private static Future<Void> never() {
    return Promise.<Void>promise().future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
