package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes with data on disk; one of them is away while a key is deleted and made again. */
class DeletedKeysTest {

  private static final List<String> NAMES = List.of("node1", "node2", "node3");

  private final Vertx timers = Vertx.vertx();
  private final LossyNetwork network = new LossyNetwork(timers, 1, 0.1, 0.1);
  private final Map<String, CausaNode> nodes = new HashMap<>();
  @TempDir private Path directories;

  @BeforeEach
  void startThree() throws Exception {
    for (String name : NAMES) {
      start(name);
    }
    for (String name : NAMES) {
      await(nodes.get(name).ready());
    }
  }

  @AfterEach
  void stopAll() throws Exception {
    network.cut();
    for (CausaNode node : nodes.values()) {
      await(node.stop());
    }
    await(timers.close());
  }

  @Test
  void aDeletedKeyNeverComesBackWithAMemberThatWasAway() throws Exception {
    awaitApplied(write("node1", new Mutation.Put("x", Value.text("old"))));
    await(nodes.remove("node3").stop());
    network.leave("node3");

    write("node1", new Mutation.Delete("x"));
    VersionVector deleted = write("node1", new Mutation.Delete("y"));
    awaitApplied(deleted);
    awaitStability("node1", s -> s.tombstones() == 2 && isWaitingFor(s, "node3"));
    awaitApplied(write("node2", new Mutation.Put("x", Value.text("new"))));
    awaitStability("node1", s -> s.tombstones() == 1);
    awaitApplied(write("node1", new Mutation.Delete("x")));
    start("node3");

    for (String name : NAMES) {
      awaitStability(name, s -> s.stable().covers(deleted) && s.tombstones() == 0);
      assertThat(nodes.get(name).store().view().size()).as("keys of " + name).isZero();
    }
    awaitApplied(write("node3", new Mutation.Put("x", Value.text("again"))));
    for (String name : NAMES) {
      var state = nodes.get(name).store().view().get("x").orElseThrow();
      assertThat(state.visible().value()).contains(Value.text("again"));
      assertThat(state.losers()).isEmpty();
      assertThat(await(nodes.get(name).status()).stability().lateWrites()).isZero();
    }
  }

  private static boolean isWaitingFor(NodeStatus.Stability stability, String name) {
    return stability.waitingFor().stream().anyMatch(member -> member.name().equals(name));
  }

  private void start(String name) throws Exception {
    Vertx vertx = Vertx.vertx();
    NodeConfig config =
        NodeConfigLoader.load(
            Map.of("node.id", name, "node.stopMillis", "1000"), Map.of(), Optional.empty());
    var options =
        new RocksStorage.Options(
            directories.resolve(name), Durability.BUFFERED, 1 << 20, name, "causa");
    var storage = RocksStorage.open(options, System::currentTimeMillis);
    CausaNode node = new CausaNode(config, vertx, storage, network.at(name, vertx));
    await(node.deploy(ports -> NoEdge::new));
    node.begin(NAMES.size() - 1);
    nodes.put(name, node);
  }

  private VersionVector write(String name, Mutation mutation) throws Exception {
    await(nodes.get(name).ready());
    var request = new WriteRequest(List.of(mutation), VersionVector.EMPTY, 0, false);
    return ((Outcome.Done<Dot>) await(nodes.get(name).store().write(request, never()))).applied();
  }

  private void awaitApplied(VersionVector context) throws Exception {
    for (CausaNode node : nodes.values()) {
      await(node.store().await(context, 30_000, never()));
      assertThat(node.store().view().applied().covers(context)).isTrue();
    }
  }

  private void awaitStability(String name, Predicate<NodeStatus.Stability> condition)
      throws Exception {
    Promise<Void> met = Promise.promise();
    NodeStatus.Stability[] last = new NodeStatus.Stability[1];
    long timer =
        timers.setPeriodic(
            20,
            id ->
                nodes
                    .get(name)
                    .status()
                    .onSuccess(
                        status -> {
                          last[0] = status.stability();
                          if (condition.test(last[0])) {
                            met.tryComplete();
                          }
                        }));
    try {
      met.future().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception late) {
      throw new AssertionError(name + " ends with " + last[0], late);
    } finally {
      timers.cancelTimer(timer);
    }
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
