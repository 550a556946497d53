package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.ReadView;
import io.causa.core.Refusal;
import io.causa.core.Value;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldWrite;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.storage.MemoryStorage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real verticles, three nodes, and a bus that loses, repeats and reorders. */
class VerticlesOverALossyBusTest {

  private static final int WRITES = 600;
  private static final int KEYS = 20;
  private static final long LOG_BYTES = 1 << 20;
  private static final long TRIMMED_LOG_BYTES = 30_000;

  /** A snapshot of a dozen chunks, each asked for again soon if it is lost. */
  private static final Map<String, String> TRIMMED =
      Map.of("replication.pullBytes", "1024", "replication.pullTimeoutMillis", "100");

  private final long seed = new Random().nextLong();
  private final Vertx timers = Vertx.vertx();
  private final LossyNetwork network = new LossyNetwork(timers, seed, 0.2, 0.2);
  private final List<Vertx> running = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    network.cut();
    for (Vertx vertx : running) {
      await(vertx.close());
    }
    await(timers.close());
  }

  @Test
  void lostRepeatedReorderedAndDelayedBatchesEndInTheSameState() throws Exception {
    List<CausaNode> nodes = List.of(start("node1", 2), start("node2", 2), start("node3", 2));
    Random random = new Random(seed);
    List<Future<Outcome<Dot>>> outcomes = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      outcomes.add(
          nodes.get(random.nextInt(3)).store().write(put("k" + random.nextInt(KEYS), i), never()));
      if (i % 50 == 0) {
        await(outcomes.get(i));
      }
    }
    for (Future<Outcome<Dot>> outcome : outcomes) {
      assertThat(await(outcome)).isInstanceOf(Outcome.Done.class);
    }

    awaitThat(
        "all nodes have applied everything",
        () -> now(applied(nodes).stream().allMatch(this::isAll)));

    assertThat(states(nodes.get(1))).as("seed %d", seed).isEqualTo(states(nodes.get(0)));
    assertThat(states(nodes.get(2))).as("seed %d", seed).isEqualTo(states(nodes.get(0)));
    assertThat(broken).isEmpty();
  }

  @Test
  void aNodeThatComesLateCatchesUpBeforeItIsReady() throws Exception {
    CausaNode first = start("node1", 0);
    await(first.ready());
    for (int i = 0; i < 100; i++) {
      await(first.store().write(put("k" + i, i), never()));
    }

    CausaNode late = start("node2", 1);
    await(late.ready());

    assertThat(late.store().view().applied())
        .as("seed %d", seed)
        .isEqualTo(first.store().view().applied());
  }

  @Test
  void aNodeThatNoLogCanHelpCatchesUpByASnapshotWhileTheOthersWriteOn() throws Exception {
    List<CausaNode> nodes =
        new ArrayList<>(List.of(start("node1", 1, TRIMMED), start("node2", 1, TRIMMED)));
    for (CausaNode node : nodes) {
      await(node.ready());
    }
    for (int i = 0; i < 1000; i++) {
      await(nodes.get(i % 2).store().write(put("k" + i % 200, i), never()));
    }
    AtomicInteger written = new AtomicInteger(1000);
    long load =
        timers.setPeriodic(
            5,
            id -> {
              int i = written.getAndIncrement();
              nodes.get(i % 2).store().write(put("k" + i % 200, i), never());
            });

    CausaNode late = start("node3", 2, TRIMMED);
    await(late.ready());
    assertThat(await(late.status()).keys()).isEqualTo(200);
    timers.cancelTimer(load);
    nodes.add(late);

    awaitThat(
        "all nodes have applied everything",
        () -> now(applied(nodes).stream().allMatch(all -> count(all) == written.get())));
    assertThat(states(late)).as("seed %d", seed).isEqualTo(states(nodes.get(0)));
    assertThat(await(late.status()).trimmed()).isNotEqualTo(VersionVector.EMPTY);
    assertThat(broken).isEmpty();
  }

  @Test
  void aWriteWithAContextAheadIsHeldUntilItsDependencyArrives() throws Exception {
    CausaNode first = start("node1", 1);
    CausaNode second = start("node2", 1);
    await(first.ready());
    await(second.ready());
    VersionVector ahead = VersionVector.of(new Dot(first.self(), 1));

    Future<Outcome<Dot>> held =
        second.store().write(new WriteRequest(mutation("b", 2), ahead, 60_000, true), never());
    Outcome.Held<Dot> outcome = (Outcome.Held<Dot>) await(held);
    assertThat(outcome.waitsFor()).isEqualTo(ahead.iterator().next());
    assertThat(await(second.status()).held())
        .singleElement()
        .matches(write -> write.id().equals(outcome.id()));
    await(first.store().write(put("a", 1), never()));

    awaitThat("the held write is applied", () -> now(second.store().view().get("b").isPresent()));
    assertThat(second.store().view().applied().covers(ahead)).isTrue();
    assertThat(await(second.status()).held()).isEmpty();
  }

  @Test
  void aHeldWriteThatIsCancelledIsNotAppliedWhenItsDependencyArrives() throws Exception {
    CausaNode node = start("node1", 0);
    await(node.ready());
    VersionVector ahead = VersionVector.of(new Dot(node.self(), 1));
    HeldId first = hold(node, "a", ahead);
    HeldId second = hold(node, "b", ahead);
    HeldId ofAnEarlierRun = new HeldId(first.session() - 1, first.ticket());

    assertThat(await(node.held().list(Optional.empty(), 10)).held())
        .extracting(HeldWrite::id)
        .containsExactly(first, second);
    assertThat(await(node.held().list(Optional.of(first), 10)).held())
        .extracting(HeldWrite::id)
        .containsExactly(second);
    assertThat(await(node.held().find(first)).orElseThrow().keys()).containsExactly("a");
    assertThat(await(node.held().cancel(ofAnEarlierRun))).isFalse();
    assertThat(await(node.held().cancel(first))).isTrue();
    assertThat(await(node.held().cancel(first))).isFalse();
    assertThat(await(node.held().find(first))).isEmpty();
    await(node.store().write(put("cause", 1), never()));

    awaitThat("the other one is applied", () -> now(node.store().view().get("b").isPresent()));
    assertThat(node.store().view().get("a")).isEmpty();
    assertThat(await(node.held().cancel(second))).isFalse();
    assertThat(await(node.held().list(Optional.empty(), 10)).bytes()).isZero();
  }

  private static HeldId hold(CausaNode node, String key, VersionVector ahead) throws Exception {
    WriteRequest request = new WriteRequest(mutation(key, 2), ahead, 60_000, true);
    return ((Outcome.Held<Dot>) await(node.store().write(request, never()))).id();
  }

  @Test
  void aRequestWhoseContextDoesNotArriveEndsAtItsDeadlineAndWritesNothing() throws Exception {
    CausaNode node = start("node1", 0);
    await(node.ready());
    VersionVector ahead = VersionVector.of(new Dot(new Replica("node9", 7), 3));

    Outcome<Dot> outcome =
        await(node.store().write(new WriteRequest(mutation("a", 1), ahead, 30, false), never()));

    assertThat(outcome)
        .isEqualTo(new Outcome.Refused<>(new Refusal.NotMet(ahead), VersionVector.EMPTY));
    assertThat(node.store().view().get("a")).isEmpty();
  }

  @Test
  void whatAClientAbandonsIsForgotten() throws Exception {
    CausaNode node = start("node1", 0);
    await(node.ready());
    VersionVector ahead = VersionVector.of(new Dot(new Replica("node9", 7), 3));
    Promise<Void> gone = Promise.promise();
    node.store().write(new WriteRequest(mutation("a", 1), ahead, 60_000, false), gone.future());
    assertThat(await(node.status()).heldRequests()).isEqualTo(1);

    gone.complete();

    awaitThat("nothing is parked", () -> node.status().map(status -> status.heldRequests() == 0));
  }

  private CausaNode start(String name, int others) throws Exception {
    return start(name, others, Map.of());
  }

  private CausaNode start(String name, int others, Map<String, String> more) throws Exception {
    Vertx vertx = Vertx.vertx();
    running.add(vertx);
    Map<String, String> settings = new HashMap<>(more);
    settings.put("node.id", name);
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    var storage =
        new MemoryStorage(new Replica(name, 1), more.isEmpty() ? LOG_BYTES : TRIMMED_LOG_BYTES);
    CausaNode node = new CausaNode(config, vertx, storage, network.at(name, vertx));
    node.broken().onSuccess(broken::add);
    await(node.deploy(ports -> NoEdge::new));
    node.begin(others);
    return node;
  }

  private boolean isAll(VersionVector applied) {
    return count(applied) == WRITES;
  }

  private static long count(VersionVector applied) {
    long writes = 0;
    for (var last : applied) {
      writes += last.sequence();
    }
    return writes;
  }

  private static List<VersionVector> applied(List<CausaNode> nodes) {
    return nodes.stream().map(node -> node.store().view().applied()).toList();
  }

  private static Map<String, KeyState> states(CausaNode node) {
    ReadView view = node.store().view();
    Map<String, KeyState> states = new LinkedHashMap<>();
    view.keys("", "", Integer.MAX_VALUE)
        .forEach(key -> states.put(key, view.get(key).orElseThrow()));
    return states;
  }

  private static WriteRequest put(String key, int value) {
    return new WriteRequest(mutation(key, value), VersionVector.EMPTY, 0, false);
  }

  private static List<Mutation> mutation(String key, int value) {
    return List.of(new Mutation.Put(key, Value.text(Integer.toString(value))));
  }

  private static Future<Void> never() {
    return Promise.<Void>promise().future();
  }

  private static Future<Boolean> now(boolean condition) {
    return Future.succeededFuture(condition);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void awaitThat(String what, Supplier<Future<Boolean>> condition) throws Exception {
    Promise<Void> met = Promise.promise();
    long timer =
        timers.setPeriodic(
            10,
            id -> {
              condition
                  .get()
                  .onSuccess(
                      is -> {
                        if (is) {
                          met.tryComplete();
                        }
                      });
            });
    try {
      await(met.future());
    } catch (TimeoutException late) {
      throw new AssertionError("not within 30 s (seed " + seed + "): " + what, late);
    } finally {
      timers.cancelTimer(timer);
    }
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
