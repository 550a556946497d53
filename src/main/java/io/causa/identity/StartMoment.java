package io.causa.identity;

import io.causa.clock.Replica;

/**
 * The moment of a start, from which its generation and its session are made. All generations and
 * sessions come from here.
 *
 * <p>Such a number is the wall clock in milliseconds, and {@value #RANDOM_BITS} random bits behind
 * it. So two nodes of one name that start in the same millisecond differ for all practical
 * purposes. A number that must be larger than an earlier one, while the clock is not, goes ahead of
 * the clock by a random step. So two restores of one backup differ, too.
 *
 * <p>Earlier versions of Causa took the plain milliseconds. Every number that is made here is
 * larger than those.
 *
 * @param wallMillis the wall clock, which may have been set back, or be wrong
 * @param random 64 random bits, drawn for this start; generation and session use different ones
 */
public record StartMoment(long wallMillis, long random) {

  private static final int RANDOM_BITS = 11;
  private static final int STEP_BITS = 16;
  private static final int BITS = RANDOM_BITS + STEP_BITS;
  private static final long MOST_MILLIS = Replica.MAX_GENERATION >> RANDOM_BITS;

  /**
   * Returns a generation.
   *
   * @param earlier the generation that the data had before; 0 if none
   * @throws IllegalStateException if the clock is before the year 1970, or beyond the last number,
   *     in the year 2109
   */
  public long generationAfter(long earlier) {
    return after(earlier, random);
  }

  /**
   * Returns a session.
   *
   * @param earlier the session of the last run on the data; 0 if none
   * @throws IllegalStateException if the clock is before the year 1970, or beyond the last number,
   *     in the year 2109
   */
  public long sessionAfter(long earlier) {
    return after(earlier, random >>> BITS);
  }

  private long after(long earlier, long bits) {
    if (wallMillis < 0) {
      throw new IllegalStateException(
          "the wall clock says %d ms since 1970, which is before that year. Set the clock of this machine"
              .formatted(wallMillis));
    }
    long least = (earlier >> RANDOM_BITS) + 1;
    long millis =
        wallMillis >= least ? wallMillis : least + lowest(STEP_BITS, bits >>> RANDOM_BITS);
    if (millis > MOST_MILLIS) {
      throw new IllegalStateException(
          "the wall clock says %d ms since 1970, and the last start was numbered with %d ms; such numbers end at %d ms, in the year 2109. Set the clock of this machine; if it was wrong before, start this node with an empty directory"
              .formatted(wallMillis, earlier >> RANDOM_BITS, MOST_MILLIS));
    }
    return (millis << RANDOM_BITS) | lowest(RANDOM_BITS, bits);
  }

  private static long lowest(int count, long bits) {
    return bits & ((1L << count) - 1);
  }
}
