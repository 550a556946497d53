package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.membership.NameCollision.Verdict;
import org.junit.jupiter.api.Test;

class NameCollisionTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica OTHER_GENERATION = new Replica("a", 2);

  private final NameCollision collision = new NameCollision(A, 7);

  @Test
  void ownMessagesComeBackFromABroadcast() {
    assertThat(collision.heard(A, 7, false, 0)).isEqualTo(Verdict.ECHO);
  }

  @Test
  void oneMessageOfAnEarlierSessionMayBeALateOneOfOurOwn() {
    assertThat(collision.heard(A, 6, false, 0)).isEqualTo(Verdict.SUSPICION);
    assertThat(collision.heard(A, 6, false, NameCollision.PROOF_MILLIS - 1))
        .isEqualTo(Verdict.SUSPICION);
  }

  @Test
  void anEarlierSessionThatGoesOnSpeakingIsACollision() {
    collision.heard(A, 6, false, 0);

    assertThat(collision.heard(A, 6, false, NameCollision.PROOF_MILLIS))
        .isEqualTo(Verdict.COLLISION);
  }

  @Test
  void theEarlierOfTwoStays() {
    collision.heard(OTHER_GENERATION, 8, false, 0);

    assertThat(collision.heard(OTHER_GENERATION, 8, false, 60_000)).isEqualTo(Verdict.SUSPICION);
  }

  @Test
  void ofTwoInOneMillisecondTheLaterGenerationStops() {
    NameCollision later = new NameCollision(OTHER_GENERATION, 7);
    later.heard(A, 7, false, 0);

    assertThat(later.heard(A, 7, false, 5000)).isEqualTo(Verdict.COLLISION);
    collision.heard(OTHER_GENERATION, 7, false, 0);
    assertThat(collision.heard(OTHER_GENERATION, 7, false, 5000)).isEqualTo(Verdict.SUSPICION);
  }

  @Test
  void theHolderOfTheNameWasFirstWhateverTheClocksSaid() {
    collision.heard(OTHER_GENERATION, 8, true, 0);

    assertThat(collision.isSuspected(1)).isTrue();
    assertThat(collision.heard(OTHER_GENERATION, 8, true, 5000)).isEqualTo(Verdict.COLLISION);
  }
}
