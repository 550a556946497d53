package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.membership.RetireOutcome;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.storage.MemoryStorage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node in memory mode loses a write with its process, and others wait for that write. */
class RetiredGenerationTest {

  private static final Replica OLD = new Replica("node2", 1);
  private static final Replica NEW = new Replica("node2", 2);
  private static final Replica OTHER = new Replica("node3", 1);

  private final Vertx timers = Vertx.vertx();
  private final LossyNetwork network = new LossyNetwork(timers, 1, 0, 0);
  private final List<CausaNode> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    network.cut();
    for (CausaNode node : started) {
      await(node.stop());
    }
    await(timers.close());
  }

  @Test
  void whatDependsOnTheLostWriteIsAppliedEverywhereAndNobodyHasToSaySo() throws Exception {
    CausaNode node1 = start(new Replica("node1", 1), 0);
    CausaNode old = start(OLD, 1);
    awaitApplied(node1, write(old, "kept", "1"));
    network.cut();
    VersionVector lost = write(old, "lost", "2");
    network.leave("node2");
    await(old.stop());
    started.remove(old);
    Future<Outcome<Void>> reader = node1.store().await(lost, 60_000, never());
    assertThat(await(node1.members().retire(OLD))).isInstanceOf(RetireOutcome.Current.class);
    network.mend();

    CausaNode again = start(NEW, 1);
    awaitApplied(node1, write(again, "again", "3"));

    assertThat(await(reader)).isInstanceOf(Outcome.Done.class);
    for (CausaNode node : started) {
      awaitApplied(node, VersionVector.of(Dot.ofBase("node2", NEW.generation())));
      assertThat(await(node.status()).generations()).isEmpty();
      assertThat(node.retirement().lost(lost)).isEqualTo(VersionVector.of(new Dot(OLD, 2)));
    }
    assertThat(await(node1.members().retire(OLD)))
        .isEqualTo(new RetireOutcome.Retired(new Dot(OLD, 1)));
    handIn(effect(lost));
    for (CausaNode node : started) {
      awaitApplied(node, lost.with(new Dot(OTHER, 1)));
      assertThat(text(node, "effect")).contains("4");
      assertThat(text(node, "kept")).contains("1");
      assertThat(text(node, "lost")).isEmpty();
      assertThat(node.names().print(NEW)).isEqualTo(NEW.toString());
      assertThat(node.names().parse(OLD.toString())).contains(OLD);
    }
  }

  /** From a node that had read the lost write, and is gone as well. */
  private void handIn(Write effect) {
    network.at("node3", timers).send("node1", new WriteBatch(OTHER, false, List.of(effect)), 3);
  }

  private static Write effect(VersionVector seen) {
    List<Mutation> put = List.of(new Mutation.Put("effect", Value.text("4")));
    return new Write(new Dot(OTHER, 1), 9, seen, put, 0);
  }

  private CausaNode start(Replica self, int others) throws Exception {
    Vertx vertx = Vertx.vertx();
    NodeConfig config =
        NodeConfigLoader.load(
            Map.of("node.id", self.name(), "node.stopMillis", "1000"), Map.of(), Optional.empty());
    CausaNode node =
        new CausaNode(
            config, vertx, new MemoryStorage(self, 1 << 20), network.at(self.name(), vertx));
    started.add(node);
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
    assertThat(await(node.store().await(context, 20_000, never())))
        .isInstanceOf(Outcome.Done.class);
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
