package io.causa.storage;

import io.causa.core.encoding.MalformedException;
import io.causa.identity.Standing;
import io.causa.identity.State;
import java.util.List;

/** The numbers under which a directory stores what it says of its own writes. */
final class Standings {

  /** The states that a directory can say, each in the place of its number. */
  private static final List<State> STATES =
      List.of(State.TRUSTED, State.RENOUNCED, State.FORKED, State.DOUBTED);

  private Standings() {}

  /**
   * Returns the number of the state of a durable standing.
   *
   * @throws IllegalArgumentException if a directory cannot say it
   */
  static long number(Standing standing) {
    int number = STATES.indexOf(standing.state());
    if (number < 0) {
      throw new IllegalArgumentException("no directory says " + standing);
    }
    return number;
  }

  /** Returns the standing of this number. */
  static Standing of(long number, long trusted) throws MalformedException {
    if (number < 0 || number >= STATES.size()) {
      throw new MalformedException("no standing has the number " + number);
    }
    return new Standing(STATES.get((int) number), trusted);
  }
}
