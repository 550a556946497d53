package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Own writes behind a trusted one get dots of the next generation. */
class RenamingTest {

  private static final Replica OLD = new Replica("node1", 5);
  private static final Replica TWIN = new Replica("node1", 7);
  private static final Replica FRESH = new Replica("node1", 9);
  private static final Renaming RENAMING = new Renaming(OLD, FRESH, 3);

  @Test
  void ownWritesBehindTheTrustedOneMoveAndOthersStay() {
    VersionVector before = VersionVector.of(new Dot(OLD, 5)).with(new Dot(TWIN, 2));

    assertThat(RENAMING.rename(before))
        .isEqualTo(
            VersionVector.of(new Dot(OLD, 3)).with(new Dot(FRESH, 2)).with(new Dot(TWIN, 2)));
  }

  @Test
  void whereTimesTieTheNewNameDecidesWhichVersionIsVisible() {
    KeyVersion own = version(OLD, 4, 8);
    KeyVersion other = version(TWIN, 1, 8);
    KeyState before = KeyState.after(own, other, VersionVector.EMPTY);
    assertThat(before.visible()).isEqualTo(other);

    KeyState after = RENAMING.rename(before);

    KeyVersion renamed = version(FRESH, 1, 8);
    assertThat(after).isEqualTo(KeyState.of(renamed, List.of(other)));
    assertThat(after)
        .as("what a peer makes of the same two writes")
        .isEqualTo(KeyState.after(other, renamed, VersionVector.EMPTY));
  }

  @Test
  void whatKeepsItsDotKeepsItsPlace() {
    KeyVersion own = version(OLD, 3, 8);
    KeyVersion other = version(TWIN, 1, 8);
    KeyState before = KeyState.after(own, other, VersionVector.EMPTY);

    assertThat(RENAMING.rename(before)).isEqualTo(before);
  }

  private static KeyVersion version(Replica origin, long sequence, long lamport) {
    Mutation put = new Mutation.Put("k", Value.text("v"));
    return new KeyVersion(new Dot(origin, sequence), lamport, put, 0);
  }
}
