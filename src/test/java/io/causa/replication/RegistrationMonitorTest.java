package io.causa.replication;

import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.replication.Action.CheckRegistrations;
import io.causa.replication.Action.Rejoin;
import io.causa.replication.Action.Renew;
import io.causa.replication.message.Channel;
import io.causa.replication.view.RegistrationHealth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a replica doubts that it is reachable, and how often it does something about it. */
class RegistrationMonitorTest {
  private static final long INTERVAL = SETTINGS.presenceIntervalMillis();
  private static final long STEP = 100;

  private final Peers peers = new Peers(SETTINGS);
  private final Outbox outbox = new Outbox();
  private final RegistrationMonitor monitor = new RegistrationMonitor(peers, SETTINGS, outbox);

  /** Which of the cures were to join the cluster again. */
  private final List<Integer> rejoins = new ArrayList<>();

  private final List<Long> cures = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private Set<Channel> known = Set.of(Channel.values());
  private boolean answering = true;
  private long now;

  @Test
  void whoIsRegisteredDoesNothing() {
    pass(40 * INTERVAL);

    assertThat(cures).isEmpty();
    assertThat(monitor.health(now)).isEqualTo(RegistrationHealth.FINE);
  }

  @Test
  void aLostRegistrationForOneChannelIsReasonToRegisterAnew() {
    known = EnumSet.of(Channel.CONTROL, Channel.PRESENCE);
    pass(4 * INTERVAL);

    assertThat(cures).hasSize(1);
    assertThat(reasons.get(0)).contains("WRITES");
  }

  @Test
  void aCureThatHelpedIsTheLastOne() {
    known = Set.of();
    pass(3 * INTERVAL);
    known = Set.of(Channel.values());
    pass(60 * INTERVAL);

    assertThat(cures).hasSize(1);
    assertThat(monitor.health(now)).isEqualTo(new RegistrationHealth("", 1, 0));
  }

  @Test
  void aCureThatDoesNotHelpIsTriedEverMoreRarelyButNeverGivenUp() {
    known = Set.of();
    pass(100 * INTERVAL);

    assertThat(cures).hasSizeBetween(14, 18);
    long last = cures.get(cures.size() - 1) - cures.get(cures.size() - 2);
    assertThat(last).isEqualTo(RegistrationMonitor.MOST_PAUSE * INTERVAL);
  }

  @Test
  void whatTheClusterDoesNotConfirmEvenAnewIsReasonToJoinItAgain() {
    known = Set.of();
    pass(100 * INTERVAL);

    assertThat(rejoins.get(0)).isEqualTo(RegistrationMonitor.RENEWALS_BEFORE_REJOIN + 1);
  }

  @Test
  void aClusterThatTakesLongToAnswerIsWaitedFor() {
    answering = false;
    pass((RegistrationMonitor.UNANSWERED_CHECKS - 2) * INTERVAL);
    answering = true;
    answer();
    pass(10 * INTERVAL);

    assertThat(cures).isEmpty();
  }

  @Test
  void aClusterThatNeverAnswersIsReasonToJoinItAgainAtOnce() {
    answering = false;
    pass((RegistrationMonitor.UNANSWERED_CHECKS + 3) * INTERVAL);

    assertThat(rejoins).containsExactly(1);
  }

  @Test
  void aLinkThatIsCutInOneDirectionIsNoReasonToLeaveTheCluster() {
    pass(
        100 * INTERVAL,
        () -> {
          monitor.heard(Channel.PRESENCE, "b");
        });

    assertThat(cures).hasSizeGreaterThan(RegistrationMonitor.RENEWALS_BEFORE_REJOIN);
    assertThat(rejoins).isEmpty();
  }

  @Test
  void aProcessThatStoodStillDoesNotSuspectItself() {
    pass(5 * INTERVAL);
    answering = false;
    pass(INTERVAL);
    now += 1_000 * INTERVAL;
    look();
    answering = true;
    answer();
    pass(5 * INTERVAL);

    assertThat(cures).isEmpty();
  }

  @Test
  void aPeerThatOnlySpeaksToAllDoesNotFindThisNode() {
    for (int i = 0; i < RegistrationMonitor.UNANSWERED_PRESENCES; i++) {
      monitor.heard(Channel.PRESENCE, "b");
    }
    look();

    assertThat(reasons).singleElement().asString().contains("b says to all");
  }

  @Test
  void aPeerThatSpeaksToThisNodeNowAndThenDoes() {
    for (int i = 0; i < 10 * RegistrationMonitor.UNANSWERED_PRESENCES; i++) {
      monitor.heard(Channel.PRESENCE, "b");
      if (i % 3 == 0) {
        monitor.heard(i % 2 == 0 ? Channel.CONTROL : Channel.WRITES, "b");
      }
      look();
    }

    assertThat(cures).isEmpty();
  }

  @Test
  void sendsThatFailForLongWhileThePeerIsHeardAreReasonToRegisterAnew() {
    pass(
        RegistrationMonitor.FAILING_SILENCES * SETTINGS.silentAfterMillis() + INTERVAL,
        () -> {
          hear();
          monitor.unsent("b", now);
        });

    assertThat(reasons).singleElement().asString().contains("nothing can be sent to it");
  }

  @Test
  void sendsToASilentPeerMayFail() {
    hear();
    pass(
        10 * RegistrationMonitor.FAILING_SILENCES * SETTINGS.silentAfterMillis(),
        () -> {
          monitor.unsent("b", now);
        });

    assertThat(cures).isEmpty();
  }

  private void pass(long millis) {
    pass(millis, () -> {});
  }

  private void pass(long millis, Runnable each) {
    for (long end = now + millis; now < end; now += STEP) {
      each.run();
      look();
    }
  }

  private void look() {
    monitor.look(now);
    for (Action action : outbox.take()) {
      if (action instanceof Renew renew) {
        cures.add(now);
        reasons.add(renew.reason());
      } else if (action instanceof Rejoin) {
        cures.add(now);
        rejoins.add(cures.size());
      } else {
        assertThat(action).isInstanceOf(CheckRegistrations.class);
        answer();
      }
    }
  }

  private void answer() {
    if (answering) {
      monitor.registered(known);
    }
  }

  private void hear() {
    peers.meet(B, 1, now).orElseThrow().peer().heard(now);
  }
}
