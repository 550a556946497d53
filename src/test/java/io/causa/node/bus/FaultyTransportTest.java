package io.causa.node.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class FaultyTransportTest {

  private static final Replica NODE1 = new Replica("node1", 1);

  private final List<String> sent = new ArrayList<>();

  @Test
  void withoutRulesEverythingPasses(Vertx vertx) {
    FaultyTransport links = links(vertx, 1000);

    links.send("node2", pull(1));

    assertThat(sent).containsExactly("node2 1");
  }

  @Test
  void whatIsHeldComesInItsOrderOnceTheRuleIsGone(Vertx vertx) {
    FaultyTransport links = links(vertx, 100_000);
    links.setRules(List.of(rule("node2", 0, true)));
    links.send("node2", pull(1));
    links.send("node3", pull(2));
    links.send("node2", pull(3));
    assertThat(sent).containsExactly("node3 2");

    links.setRules(List.of());

    assertThat(sent).containsExactly("node3 2", "node2 1", "node2 3");
  }

  @Test
  void noMoreIsHeldThanTheLimitAllows(Vertx vertx) {
    FaultyTransport links = links(vertx, 700);
    links.setRules(List.of(rule("node2", 0, true)));
    for (int i = 1; i <= 10; i++) {
      links.send("node2", pull(i));
    }

    links.setRules(List.of());

    assertThat(sent).containsExactly("node2 1", "node2 2");
  }

  @Test
  void aRuleForAnOriginHoldsItsWritesAndNothingElse(Vertx vertx) {
    FaultyTransport links = links(vertx, 100_000);
    LinkFaultRule node1sWrites =
        new LinkFaultRule(
            Optional.empty(), Optional.of("node2"), Optional.of("node1"), 0, 0, 0, 0, 0, true);
    links.setRules(List.of(node1sWrites));

    links.send("node2", batchOfNode1());
    links.send("node2", pull(1));
    links.send("node3", batchOfNode1());

    assertThat(sent).containsExactly("node2 1", "node3 batch");
  }

  @Test
  void aDelayedMessageComesLaterAndKeepsItsOrder(Vertx vertx, VertxTestContext test) {
    FaultyTransport links = links(vertx, 100_000);
    vertx.runOnContext(
        ignored -> {
          links.setRules(List.of(rule("node2", 20, false)));
          links.send("node2", pull(1));
          links.send("node2", pull(2));
          test.verify(() -> assertThat(sent).isEmpty());
          vertx.setPeriodic(
              5,
              again -> {
                if (sent.size() == 2) {
                  test.verify(() -> assertThat(sent).containsExactly("node2 1", "node2 2"));
                  test.completeNow();
                }
              });
        });
  }

  private FaultyTransport links(Vertx vertx, long limitBytes) {
    return new FaultyTransport(new Recorder(), "node1", limitBytes, vertx, new Random(1));
  }

  private static LinkFaultRule rule(String to, long delayMillis, boolean hold) {
    return new LinkFaultRule(
        Optional.empty(), Optional.of(to), Optional.empty(), delayMillis, 0, 0, 0, 0, hold);
  }

  private static Pull pull(int from) {
    return new Pull(NODE1, new Replica("node9", 1), from, from, 1000);
  }

  private static WriteBatch batchOfNode1() {
    Write write =
        new Write(
            new Dot(NODE1, 1),
            1,
            VersionVector.EMPTY,
            List.of(new Mutation.Put("a", Value.text("1"))),
            0);
    return new WriteBatch(NODE1, false, List.of(write));
  }

  private final class Recorder implements Transport {
    @Override
    public void send(String peer, PeerMessage message) {
      sent.add(peer + " " + (message instanceof Pull pull ? pull.from() : "batch"));
    }

    @Override
    public void broadcast(Presence presence) {
      sent.add("everybody");
    }

    @Override
    public Future<Set<Channel>> registered() {
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

    @Override
    public void onUnsent(Consumer<String> consumer) {
      throw new UnsupportedOperationException("nobody asks here");
    }

    @Override
    public Future<Void> onWrites(Consumer<WriteBatch> consumer) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
      return Future.succeededFuture();
    }
  }
}
