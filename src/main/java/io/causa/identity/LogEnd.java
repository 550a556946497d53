package io.causa.identity;

import io.causa.clock.Replica;
import java.util.Optional;

/**
 * Where the write-ahead log of a directory ends, and where it must not end before.
 *
 * @param last the number of the last change that the log holds
 * @param mark what is known to have been on the disk; empty if the mark is missing or damaged
 * @param marked whether the data says that there is such a mark
 */
public record LogEnd(long last, Optional<LogMark> mark, boolean marked) {

  /**
   * Returns whether changes that were on the disk, and that others may know of, may be missing. A
   * log that a kill or a loss of power has torn ends behind what was on the disk: nothing of the
   * torn change was acknowledged.
   *
   * @param self whose data it is
   */
  public boolean mayHaveLost(Replica self) {
    return endsEarly() || (marked && mark.filter(noted -> noted.isOf(self)).isEmpty());
  }

  /** Returns whether the log ends before the mark, whose data that may tell of. */
  public boolean endsEarly() {
    return mark.isPresent() && last < mark.get().change();
  }

  /**
   * Returns the latest standing that is known. It is not lost with the end of the log: it says
   * which own writes of the rest others may have under their dots.
   *
   * @param self whose data it is
   * @param found what the data says
   */
  public Standing standing(Replica self, Standing found) {
    return mark.filter(noted -> endsEarly() && noted.generation() == self.generation())
        .map(LogMark::standing)
        .orElse(found);
  }
}
