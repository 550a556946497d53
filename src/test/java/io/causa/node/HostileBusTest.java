package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.engine.BadMessages;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.node.bus.EventBusTransport;
import io.causa.node.bus.Outbox;
import io.causa.node.bus.Registrations;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.storage.MemoryStorage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node whose addresses get what no node sends: it drops and counts all of it, and goes on. */
class HostileBusTest {

  private static final int LARGE_BYTES = 16 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final BadMessages bad = new BadMessages(System::nanoTime);
  private CausaNode node;

  @AfterEach
  void stopAll() throws Exception {
    await(node.stop());
  }

  @Test
  void whatNoNodeSendsIsDroppedAndCounted() throws Exception {
    node = start();
    await(node.ready());

    new HostileMessages(vertx.eventBus(), node.self()).sendAll(LARGE_BYTES);
    awaitTotal(HostileBus.TOTAL);

    NodeStatus status = await(node.status());
    assertThat(counts(status)).isEqualTo(HostileBus.EXPECTED);
    assertThat(status.bus().replicas()).isEqualTo(1);
    assertThat(status.bus().replicaLimit()).isEqualTo(4096);
    assertThat(node.broken().isComplete()).isFalse();
    assertThat(await(node.store().write(put(), never()))).isInstanceOf(Outcome.Done.class);
    assertThat(node.store().view().applied().size()).isEqualTo(1);
  }

  private void awaitTotal(long messages) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (bad.counts().stream().mapToLong(BadMessages.Count::messages).sum() < messages) {
      assertThat(System.nanoTime()).as("%s", bad.counts()).isLessThan(deadline);
      await(vertx.timer(10, TimeUnit.MILLISECONDS));
    }
  }

  private static Map<String, Long> counts(NodeStatus status) {
    return status.bus().badMessages().stream()
        .collect(
            Collectors.groupingBy(
                NodeStatus.BadMessages::reason,
                Collectors.summingLong(NodeStatus.BadMessages::messages)));
  }

  private CausaNode start() throws Exception {
    NodeConfig config =
        NodeConfigLoader.load(Map.of("node.id", "node1"), Map.of(), Optional.empty());
    var storage = new MemoryStorage(new Replica("node1", 1), 1 << 20);
    var bus =
        new EventBusTransport(vertx.eventBus(), new Outbox(vertx), new NoCluster(), bad, "node1");
    CausaNode started = new CausaNode(config, vertx, storage, bus, bad, () -> true);
    await(started.deploy(ports -> NoEdge::new));
    started.begin(0);
    return started;
  }

  private static WriteRequest put() {
    return new WriteRequest(List.of(new Mutation.Delete("k")), VersionVector.EMPTY, 0, false);
  }

  private static Future<Void> never() {
    return Promise.<Void>promise().future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** What is expected of the messages that {@link HostileMessages} sends. */
  static final class HostileBus {
    static final Map<String, Long> EXPECTED =
        Map.of(
            "foreign", (long) HostileMessages.FOREIGN,
            "other version", (long) HostileMessages.OTHER_VERSION,
            "damaged", (long) HostileMessages.DAMAGED,
            "malformed", (long) HostileMessages.MALFORMED,
            "misplaced", (long) HostileMessages.MISPLACED,
            "forged", (long) HostileMessages.FORGED,
            "too many replicas", (long) HostileMessages.TOO_MANY_REPLICAS);
    static final long TOTAL = EXPECTED.values().stream().mapToLong(Long::longValue).sum();

    private HostileBus() {}
  }

  private static final class NoCluster implements Registrations {
    @Override
    public Future<Set<String>> registered() {
      return Future.succeededFuture(Set.of());
    }

    @Override
    public Future<Void> renew() {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> rejoin() {
      return Future.succeededFuture();
    }
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
