package io.causa.replication;

import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatchUpTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;

  private final CatchUp catchUp = new CatchUp(10_000);

  @Test
  void nobodyIsReadyBeforeTheClusterIsJoined() {
    catchUp.heard("b", NOTHING, 0);

    assertThat(look(NOTHING, 0)).isEmpty();
    assertThat(catchUp.notReady()).isEqualTo("the cluster is not joined yet");
  }

  @Test
  void aLonelyNodeIsReadyAtOnceAndSaysSoOnce() {
    catchUp.start(0, 0);

    assertThat(look(NOTHING, 0)).contains("");
    assertThat(look(NOTHING, 1)).isEmpty();
    assertThat(catchUp.isDone()).isTrue();
    assertThat(catchUp.notReady()).isEmpty();
  }

  @Test
  void everyOtherMemberIsHeardFirst() {
    catchUp.start(2, 0);
    catchUp.heard("b", NOTHING, 10);
    assertThat(look(NOTHING, 10)).isEmpty();
    assertThat(catchUp.notReady()).isEqualTo("heard 1 of 2 other members");

    catchUp.heard("b", NOTHING, 11);
    assertThat(look(NOTHING, 11)).isEmpty();
    catchUp.heard("c", NOTHING, 12);

    assertThat(look(NOTHING, 12)).contains("");
  }

  @Test
  void membersThatDoNotAnswerAreWaitedForOnlyAWhile() {
    catchUp.start(2, 0);
    catchUp.heard("b", NOTHING, 10);

    assertThat(look(NOTHING, 9 + CatchUp.GRACE_MILLIS)).isEmpty();
    assertThat(look(NOTHING, 10 + CatchUp.GRACE_MILLIS)).contains("");
  }

  @Test
  void whatTheOthersHadMustBeApplied() {
    catchUp.start(2, 0);
    catchUp.heard("b", vector(B, 5), 0);
    catchUp.heard("c", vector(B, 3).join(vector(C, 2)), 0);

    assertThat(look(vector(B, 5), 1)).isEmpty();
    assertThat(catchUp.notReady()).startsWith("2 writes are missing");
    assertThat(look(vector(B, 5).join(vector(C, 2)), 2)).contains("");
  }

  @Test
  void theTargetDoesNotMoveWithLaterDigests() {
    catchUp.start(1, 0);
    catchUp.heard("b", vector(B, 5), 0);
    catchUp.heard("b", vector(B, 50), 1);

    assertThat(look(vector(B, 5), 2)).contains("");
  }

  @Test
  void withoutProgressTheNodeServesAnywayAndSaysWhatItLacks() {
    catchUp.start(1, 0);
    catchUp.heard("b", vector(B, 5), 100);
    look(vector(B, 1), 200);

    assertThat(look(vector(B, 1), 10_199)).isEmpty();
    assertThat(look(vector(B, 1), 10_200))
        .hasValueSatisfying(warning -> assertThat(warning).contains("4 writes are missing"));
  }

  @Test
  void progressKeepsTheNodeWaiting() {
    catchUp.start(1, 0);
    catchUp.heard("b", vector(B, 5), 0);
    look(vector(B, 1), 9000);
    look(vector(B, 2), 18_000);

    assertThat(look(vector(B, 2), 27_999)).isEmpty();
    assertThat(look(vector(B, 2), 28_000)).isPresent();
  }

  /** The warning, when this look is the first for which it is enough. */
  private Optional<String> look(VersionVector applied, long nowMillis) {
    boolean before = catchUp.isDone();
    catchUp.look(applied, nowMillis);
    return catchUp.isDone() && !before ? Optional.of(catchUp.warning()) : Optional.empty();
  }
}
