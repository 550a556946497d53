package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.identity.Incarnation;
import io.causa.membership.Capabilities;
import io.causa.membership.Feature;
import io.causa.membership.Roster;
import io.causa.replication.Action.Broadcast;
import io.causa.replication.Action.Send;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.wire.PeerCodec;
import io.causa.wire.PeerCodec.Decoded;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A replica among others that may run the version before. */
class MixedVersionsTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;
  private static final int BEFORE = Capabilities.EARLIEST;
  private static final int NOW = Capabilities.LATEST;
  private static final Capabilities SAYS_NOW = new Capabilities(BEFORE, NOW, new TreeSet<>());
  private static final Roster ALL = Roster.EMPTY.declare(A).declare(B).declare(C);

  private final Replicator replicator = replica(A, ALL);

  @Test
  void aPeerThatWasNotHeardIsSpokenToInTheVersionBefore() {
    replicator.start(2, 0);
    assertThat(broadcasts()).containsExactly(BEFORE);

    replicator.presence(new Presence(B, 1, "http://b"), 1);
    assertThat(sent("b")).isNotEmpty().containsOnly(BEFORE);
  }

  @Test
  void aPeerThatSaidThatItReadsTheLatestIsSpokenToInIt() {
    replicator.digest(digest(B, 1, 1, SAYS_NOW), 0);
    replicator.digest(digest(C, 1, 1, Capabilities.UNSAID), 0);
    replicator.tick(1000);
    List<Action> actions = replicator.takeActions();

    assertThat(sent("b", actions)).isNotEmpty().containsOnly(NOW);
    assertThat(sent("c", actions)).isNotEmpty().containsOnly(BEFORE);
  }

  /** A presence of the version before, which all hear, takes nothing back. */
  @Test
  void aMessageOfTheVersionBeforeTakesNothingBack() {
    replicator.digest(digest(B, 1, 1, SAYS_NOW), 0);
    replicator.presence(new Presence(B, 1, "http://b"), 1);
    replicator.takeActions();
    replicator.tick(1000);

    assertThat(sent("b")).isNotEmpty().containsOnly(NOW);
  }

  /** It may have been set back to the version before while it was down. */
  @Test
  void aPeerThatStartsAgainHasToSayItAgain() {
    replicator.digest(digest(B, 1, 1, SAYS_NOW), 0);
    replicator.takeActions();
    replicator.presence(new Presence(B, 2, "http://b"), 1);

    assertThat(sent("b")).isNotEmpty().containsOnly(BEFORE);
  }

  @Test
  void theLatestVersionIsBroadcastOnceAllMembersReadIt() {
    replicator.start(2, 0);
    replicator.digest(digest(B, 1, 1, SAYS_NOW), 1);
    replicator.takeActions();
    replicator.tick(10_000);
    assertThat(broadcasts()).containsExactly(BEFORE);

    replicator.digest(digest(C, 1, 1, SAYS_NOW), 10_001);
    replicator.takeActions();
    replicator.tick(20_000);
    assertThat(broadcasts()).containsExactly(NOW);
  }

  /** A newcomer of the version before is no member yet, and hears broadcasts, too. */
  @Test
  void aLivePeerThatIsNoMemberHoldsBroadcastsBack() {
    replicator.start(2, 0);
    replicator.digest(digest(B, 1, 1, SAYS_NOW), 1);
    replicator.digest(digest(C, 1, 1, SAYS_NOW), 1);
    replicator.presence(new Presence(new Replica("d", 1), 1, "http://d"), 2);
    replicator.takeActions();
    replicator.tick(1000);

    assertThat(broadcasts()).containsExactly(BEFORE);
  }

  @Test
  void aReplicaThatKnowsNobodyBroadcastsInTheVersionBefore() {
    Replicator alone = replica(A, Roster.EMPTY.declare(A));
    alone.start(0, 0);

    assertThat(alone.takeActions())
        .contains(new Broadcast(new Presence(A, 9, "http://a", Capabilities.OWN), BEFORE));
  }

  @Test
  void theViewSaysWhoHoldsBackWhatIsNew() {
    replicator.digest(digest(B, 1, 1, Capabilities.OWN), 0);
    assertThat(replicator.view(1).agreement().heldBackBy()).containsExactly(C);
    assertThat(replicator.view(1).agreement().version()).isEqualTo(BEFORE);

    replicator.digest(digest(C, 1, 1, Capabilities.OWN), 2);
    assertThat(replicator.view(3).agreement().heldBackBy()).isEmpty();
    assertThat(replicator.view(3).agreement().version()).isEqualTo(NOW);
  }

  /** Known here and said by all; silent or not, and until one that did not say it joins. */
  @Test
  void aFeatureIsAgreedOnceAllMembersSaidThatTheyKnowIt() {
    Capabilities all = new Capabilities(BEFORE, NOW, new TreeSet<>(Set.of("bases")));
    boolean known = Feature.known().contains(Feature.BASES.text());
    replicator.digest(digest(B, 1, 1, all), 0);
    assertThat(replicator.agrees(Feature.BASES)).isFalse();

    replicator.digest(digest(C, 1, 1, all), 0);
    replicator.tick(100_000);
    assertThat(replicator.agrees(Feature.BASES)).isEqualTo(known);

    Roster more = ALL.declare(new Replica("d", 1));
    replicator.digest(digest(C, 1, 2, all, more), 100_001);
    assertThat(replicator.agrees(Feature.BASES)).isFalse();
  }

  /** Each believes the other to be of the version before, until the first digest. */
  @Test
  void twoOfTheLatestVersionFindOutThroughTheVersionBefore() {
    Roster both = Roster.EMPTY.declare(A).declare(B);
    Replicator a = replica(A, both);
    Replicator b = replica(B, both);
    a.start(1, 0);
    b.start(1, 0);
    int turns = 0;
    while (turns < 10 && !(readsNow(a) && readsNow(b))) {
      turns++;
      List<Action> ofA = a.takeActions();
      List<Action> ofB = b.takeActions();
      deliver(ofA, b, turns);
      deliver(ofB, a, turns);
    }
    assertThat(turns).isBetween(2, 4);
  }

  private static boolean readsNow(Replicator replicator) {
    return replicator.view(0).agreement().version() == NOW;
  }

  /** In the bytes of the version that is asked for. */
  private static void deliver(List<Action> actions, Replicator to, long nowMillis) {
    for (Action action : actions) {
      if (action instanceof Broadcast broadcast) {
        Presence heard = overTheWire(broadcast.message(), broadcast.version(), Presence.class);
        to.presence(heard, nowMillis);
      } else if (action instanceof Send send && send.message() instanceof Digest digest) {
        to.digest(overTheWire(digest, send.version(), Digest.class), nowMillis);
      }
    }
  }

  private static <M> M overTheWire(PeerMessage message, int version, Class<M> kind) {
    Decoded decoded = PeerCodec.decode(PeerCodec.encode(message, version));
    return kind.cast(((Decoded.Message) decoded).message());
  }

  private static Replicator replica(Replica self, Roster roster) {
    return new Replicator(
        self,
        "http://" + self.name(),
        SETTINGS,
        NOTHING,
        NOTHING,
        roster,
        Incarnation.ofNewGeneration(9, 0),
        SnapshotRoom.UNLIMITED);
  }

  private static Digest digest(Replica sender, long session, long number, Capabilities said) {
    return digest(sender, session, number, said, ALL);
  }

  private static Digest digest(
      Replica sender, long session, long number, Capabilities said, Roster roster) {
    return new Digest(sender, session, number, NOTHING, NOTHING, NOTHING, roster, 9, said);
  }

  private List<Integer> sent(String peer) {
    return sent(peer, replicator.takeActions());
  }

  private static List<Integer> sent(String peer, List<Action> actions) {
    return actions.stream()
        .filter(action -> action instanceof Send send && send.peer().equals(peer))
        .map(action -> ((Send) action).version())
        .toList();
  }

  private List<Integer> broadcasts() {
    return replicator.takeActions().stream()
        .filter(Broadcast.class::isInstance)
        .map(action -> ((Broadcast) action).version())
        .toList();
  }
}
