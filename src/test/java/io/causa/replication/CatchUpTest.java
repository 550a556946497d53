package io.causa.replication;

import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import io.causa.replication.Action.Ready;
import org.junit.jupiter.api.Test;

class CatchUpTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;

  private final CatchUp catchUp = new CatchUp(10_000);

  @Test
  void nobodyIsReadyBeforeTheClusterIsJoined() {
    catchUp.heard("b", NOTHING, 0);

    assertThat(catchUp.look(NOTHING, 0)).isEmpty();
    assertThat(catchUp.notReady()).isEqualTo("the cluster is not joined yet");
  }

  @Test
  void aLonelyNodeIsReadyAtOnceAndSaysSoOnce() {
    catchUp.start(0, 0);

    assertThat(catchUp.look(NOTHING, 0)).contains(new Ready(""));
    assertThat(catchUp.look(NOTHING, 1)).isEmpty();
    assertThat(catchUp.isReady()).isTrue();
    assertThat(catchUp.notReady()).isEmpty();
  }

  @Test
  void everyOtherMemberIsHeardFirst() {
    catchUp.start(2, 0);
    catchUp.heard("b", NOTHING, 10);
    assertThat(catchUp.look(NOTHING, 10)).isEmpty();
    assertThat(catchUp.notReady()).isEqualTo("heard 1 of 2 other members");

    catchUp.heard("b", NOTHING, 11);
    assertThat(catchUp.look(NOTHING, 11)).isEmpty();
    catchUp.heard("c", NOTHING, 12);

    assertThat(catchUp.look(NOTHING, 12)).contains(new Ready(""));
  }

  @Test
  void membersThatDoNotAnswerAreWaitedForOnlyAWhile() {
    catchUp.start(2, 0);
    catchUp.heard("b", NOTHING, 10);

    assertThat(catchUp.look(NOTHING, 9 + CatchUp.GRACE_MILLIS)).isEmpty();
    assertThat(catchUp.look(NOTHING, 10 + CatchUp.GRACE_MILLIS)).contains(new Ready(""));
  }

  @Test
  void whatTheOthersHadMustBeApplied() {
    catchUp.start(2, 0);
    catchUp.heard("b", vector(B, 5), 0);
    catchUp.heard("c", vector(B, 3).join(vector(C, 2)), 0);

    assertThat(catchUp.look(vector(B, 5), 1)).isEmpty();
    assertThat(catchUp.notReady()).startsWith("2 writes are missing");
    assertThat(catchUp.look(vector(B, 5).join(vector(C, 2)), 2)).contains(new Ready(""));
  }

  @Test
  void theTargetDoesNotMoveWithLaterDigests() {
    catchUp.start(1, 0);
    catchUp.heard("b", vector(B, 5), 0);
    catchUp.heard("b", vector(B, 50), 1);

    assertThat(catchUp.look(vector(B, 5), 2)).contains(new Ready(""));
  }

  @Test
  void withoutProgressTheNodeServesAnywayAndSaysWhatItLacks() {
    catchUp.start(1, 0);
    catchUp.heard("b", vector(B, 5), 100);
    catchUp.look(vector(B, 1), 200);

    assertThat(catchUp.look(vector(B, 1), 10_199)).isEmpty();
    assertThat(catchUp.look(vector(B, 1), 10_200))
        .hasValueSatisfying(ready -> assertThat(ready.warning()).contains("4 writes are missing"));
  }

  @Test
  void progressKeepsTheNodeWaiting() {
    catchUp.start(1, 0);
    catchUp.heard("b", vector(B, 5), 0);
    catchUp.look(vector(B, 1), 9000);
    catchUp.look(vector(B, 2), 18_000);

    assertThat(catchUp.look(vector(B, 2), 27_999)).isEmpty();
    assertThat(catchUp.look(vector(B, 2), 28_000)).isPresent();
  }
}
