package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.ExpelledException;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.storage.MemoryStorage;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is forgotten while it is cut off, and hears of it afterwards. */
class ForgottenMemberTest {

  private final Vertx timers = Vertx.vertx();
  private final LossyNetwork network = new LossyNetwork(timers, 1, 0, 0);
  @TempDir private Path directory;
  private CausaNode node1;
  private CausaNode node2;

  @AfterEach
  void stopAll() throws Exception {
    network.cut();
    await(node1.stop());
    await(node2.stop());
    await(timers.close());
  }

  @Test
  void itStopsAndComesBackAsANewGenerationThatHandsOnWhatOnlyItHeld() throws Exception {
    node2 = start("node2", new MemoryStorage(new Replica("node2", 1), 1 << 20), 0);
    Replica original = startNode1().self();
    awaitApplied(node2, write(node1, "shared", "1"));
    assertThat(await(node2.members().forget("node1"))).isInstanceOf(ForgetOutcome.Live.class);
    assertThat(await(node2.members().forget("node9"))).isInstanceOf(ForgetOutcome.Unknown.class);

    network.cut();
    write(node1, "alone", "2");
    forgetOnceSilent(node2, original);
    assertThat(await(node2.status()).members())
        .containsExactly(new MemberView(node2.self(), MemberView.State.SELF));
    assertThat(await(node2.status()).generations())
        .containsExactly(new GenerationView(original, 1, true, true, false));
    network.mend();

    assertThat(await(node1.broken()))
        .isInstanceOf(ExpelledException.class)
        .hasMessageContaining(original.toString())
        .hasMessageContaining("was forgotten")
        .hasMessageContaining("joins as a new generation");
    await(node1.stop());
    startNode1();
    await(node1.ready());

    assertThat(node1.self().generation()).isGreaterThan(original.generation());
    awaitApplied(node2, write(node1, "again", "3"));
    assertThat(text(node2, "alone")).contains("2");
    assertThat(await(node2.status()).members())
        .contains(new MemberView(node1.self(), MemberView.State.LIVE));
  }

  private void forgetOnceSilent(CausaNode node, Replica member) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    ForgetOutcome outcome = await(node.members().forget(member.name()));
    while (outcome instanceof ForgetOutcome.Live && System.nanoTime() < deadline) {
      await(timers.timer(50, TimeUnit.MILLISECONDS));
      outcome = await(node.members().forget(member.name()));
    }
    assertThat(outcome).isEqualTo(new ForgetOutcome.Forgotten(member));
    assertThat(await(node.members().forget(member.name()))).isEqualTo(outcome);
  }

  private CausaNode startNode1() throws Exception {
    var options =
        new RocksStorage.Options(
            directory.resolve("data"), Durability.FSYNC, 1 << 20, "node1", "causa");
    node1 = start("node1", RocksStorage.open(options, System::currentTimeMillis), 1);
    return node1;
  }

  private CausaNode start(String name, Storage storage, int others) throws Exception {
    Vertx vertx = Vertx.vertx();
    NodeConfig config =
        NodeConfigLoader.load(
            Map.of("node.id", name, "node.stopMillis", "1000"), Map.of(), Optional.empty());
    CausaNode node = new CausaNode(config, vertx, storage, network.at(name, vertx));
    await(node.deploy(ports -> NoEdge::new));
    node.begin(others);
    return node;
  }

  private static VersionVector write(CausaNode node, String key, String value) throws Exception {
    await(node.ready());
    List<Mutation> put = List.of(new Mutation.Put(key, Value.text(value)));
    var request = new WriteRequest(put, VersionVector.EMPTY, 0, false);
    return ((Outcome.Done<Dot>) await(node.store().write(request, never()))).applied();
  }

  private static void awaitApplied(CausaNode node, VersionVector context) throws Exception {
    await(node.store().await(context, 20_000, never()));
    assertThat(node.store().view().applied().covers(context)).isTrue();
  }

  private static Optional<String> text(CausaNode node, String key) {
    return node.store()
        .view()
        .get(key)
        .flatMap(state -> state.visible().value())
        .map(value -> value.bytes().utf8());
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
