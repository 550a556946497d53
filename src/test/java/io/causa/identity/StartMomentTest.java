package io.causa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Replica;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StartMomentTest {

  private static final long NOW = 1_764_000_000_000L;
  private static final long LAST_MILLIS = (1L << 42) - 1;

  @Test
  void ofTwoStartsInOneMillisecondTheRandomBitsTell() {
    StartMoment one = new StartMoment(NOW, 0x2aL);
    StartMoment other = new StartMoment(NOW, 0x2bL);

    assertThat(one.generationAfter(0)).isNotEqualTo(other.generationAfter(0));
    assertThat(one.generationAfter(0) >> 11).isEqualTo(NOW);
  }

  /** Two with the same generation are still told apart by their sessions. */
  @Test
  void generationAndSessionUseDifferentBits() {
    StartMoment one = new StartMoment(NOW, 5L);
    StartMoment other = new StartMoment(NOW, 5L | 1L << 27);

    assertThat(one.generationAfter(0)).isEqualTo(other.generationAfter(0));
    assertThat(one.sessionAfter(0)).isNotEqualTo(other.sessionAfter(0));
  }

  @Test
  void twoThatFollowANumberAheadOfTheClockTakeDifferentSteps() {
    long ahead = new StartMoment(NOW + 1_000_000, 0).generationAfter(0);

    assertThat(new StartMoment(NOW, 1L << 11).generationAfter(ahead))
        .isNotEqualTo(new StartMoment(NOW, 2L << 11).generationAfter(ahead));
  }

  @Test
  void numbersOfEarlierVersionsAreSmaller() {
    assertThat(new StartMoment(NOW, 0).generationAfter(NOW + 1_000_000)).isEqualTo(NOW << 11);
  }

  @Property
  void aNumberIsLaterThanTheOneBeforeAndWithinTheBounds(
      @ForAll @LongRange(min = 0, max = LAST_MILLIS) long wallMillis,
      @ForAll @LongRange(min = 0, max = (LAST_MILLIS - 65_536) << 11) long earlier,
      @ForAll long random) {
    StartMoment now = new StartMoment(wallMillis, random);

    assertThat(now.generationAfter(earlier)).isBetween(earlier + 1, Replica.MAX_GENERATION);
    assertThat(now.sessionAfter(earlier)).isBetween(earlier + 1, Replica.MAX_GENERATION);
  }

  @Test
  void theClockMayNotBeBeyondTheLastNumber() {
    assertThatThrownBy(() -> new StartMoment(LAST_MILLIS + 1, 0).generationAfter(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Set the clock of this machine");
    assertThatThrownBy(() -> new StartMoment(1, 0).sessionAfter(Replica.MAX_GENERATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in the year 2109");
  }

  /** Vert.x does not start with such a clock either, and does not say why. */
  @Test
  void theClockMayNotBeBefore1970() {
    assertThatThrownBy(() -> new StartMoment(-1, 0).generationAfter(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the wall clock says -1 ms")
        .hasMessageContaining("Set the clock of this machine");
    assertThatThrownBy(() -> new StartMoment(-1, 0).sessionAfter(Replica.MAX_GENERATION / 2))
        .isInstanceOf(IllegalStateException.class);
  }
}
