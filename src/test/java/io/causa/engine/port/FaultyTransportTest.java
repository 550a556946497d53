package io.causa.engine.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.engine.ManualLoop;
import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FaultyTransportTest {

  /** Every message goes on in the version in which it came. */
  private static final int VERSION = 77;

  private static final Replica NODE1 = new Replica("node1", 1);

  private final ManualLoop clock = new ManualLoop();
  private final List<String> sent = new ArrayList<>();

  @Test
  void withoutRulesEverythingPasses() {
    FaultyTransport links = links(1000);

    links.send("node2", pull(1), VERSION);

    assertThat(sent).containsExactly("node2 1");
  }

  @Test
  void whatIsHeldComesInItsOrderOnceTheRuleIsGone() {
    FaultyTransport links = links(100_000);
    links.setRules(List.of(rule("node2", 0, true)));
    links.send("node2", pull(1), VERSION);
    links.send("node3", pull(2), VERSION);
    links.send("node2", pull(3), VERSION);
    assertThat(sent).containsExactly("node3 2");

    links.setRules(List.of());

    assertThat(sent).containsExactly("node3 2", "node2 1", "node2 3");
  }

  @Test
  void noMoreIsHeldThanTheLimitAllows() {
    FaultyTransport links = links(700);
    links.setRules(List.of(rule("node2", 0, true)));
    for (int i = 1; i <= 10; i++) {
      links.send("node2", pull(i), VERSION);
    }

    links.setRules(List.of());

    assertThat(sent).containsExactly("node2 1", "node2 2");
  }

  @Test
  void aRuleForAnOriginHoldsItsWritesAndNothingElse() {
    FaultyTransport links = links(100_000);
    LinkFaultRule node1sWrites =
        new LinkFaultRule(
            Optional.empty(), Optional.of("node2"), Optional.of("node1"), 0, 0, 0, 0, 0, true);
    links.setRules(List.of(node1sWrites));

    links.send("node2", batchOfNode1(), VERSION);
    links.send("node2", pull(1), VERSION);
    links.send("node3", batchOfNode1(), VERSION);

    assertThat(sent).containsExactly("node2 1", "node3 batch");
  }

  @Test
  void aDelayedMessageComesLaterAndKeepsItsOrder() {
    FaultyTransport links = links(100_000);
    links.setRules(List.of(rule("node2", 20, false)));
    links.send("node2", pull(1), VERSION);
    links.send("node2", pull(2), VERSION);
    clock.pass(19);
    assertThat(sent).isEmpty();

    clock.pass(1);

    assertThat(sent).containsExactly("node2 1", "node2 2");
  }

  private FaultyTransport links(long limitBytes) {
    return new FaultyTransport(new Recorder(), "node1", limitBytes, clock, new Random(1));
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
    public void send(String peer, PeerMessage message, int version) {
      assertThat(version).isEqualTo(VERSION);
      sent.add(peer + " " + (message instanceof Pull pull ? pull.from() : "batch"));
    }

    @Override
    public void broadcast(Presence presence, int version) {
      sent.add("everybody");
    }

    @Override
    public CompletionStage<Set<Channel>> registered() {
      return CompletableFuture.completedStage(Set.of());
    }

    @Override
    public CompletionStage<Void> renew() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> rejoin() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onUnsent(Consumer<String> consumer) {
      throw new UnsupportedOperationException("nobody asks here");
    }

    @Override
    public CompletionStage<Void> onWrites(Consumer<WriteBatch> consumer) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
      return CompletableFuture.completedStage(null);
    }
  }
}
