package io.causa.simulation.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What each client session has seen or written, with all that happened before: every later answer
 * to it must show at least that.
 */
final class Sessions {

  private final Evidence evidence;
  private final Truth truth;
  private final Map<String, BitSet> seen = new HashMap<>();

  Sessions(Evidence evidence) {
    this.evidence = evidence;
    this.truth = evidence.truth();
  }

  /** A write of the session was answered: it must follow all that the session had seen. */
  void wrote(String session, Name name) {
    int number = truth.number(name, session);
    BitSet missing = (BitSet) seen(session).clone();
    missing.andNot(truth.past(number));
    evidence.removeGivenUp(missing);
    if (!missing.isEmpty()) {
      throw new Verdict(
          "session-write",
          session + " wrote " + name + " after seeing " + nameOf(missing) + ", not in its past");
    }
    seen(session).or(truth.closure(number));
  }

  /**
   * Keys were read together, or one alone.
   *
   * @param versions for each key the version that was shown; null if none ever was, or if the key
   *     was deleted and that is forgotten
   * @param context what the session was told to have seen: for each origin how many of its writes
   */
  void read(String session, Map<String, Name> versions, Map<String, Long> context) {
    for (Map.Entry<String, Name> shown : versions.entrySet()) {
      int number =
          shown.getValue() == null
              ? truth.winner(shown.getKey(), truth.covered(shown.getKey(), context))
              : truth.number(shown.getValue(), session);
      if (number >= 0) {
        seen(session).or(truth.closure(number));
      }
    }
    versions.forEach((key, version) -> check(session, key, version));
  }

  private void check(String session, String key, Name version) {
    BitSet owed = (BitSet) seen(session).clone();
    evidence.removeGivenUp(owed);
    int expected = truth.winner(key, owed);
    if (expected >= 0 && truth.isOlder(key, version, expected)) {
      throw new Verdict(
          "session-read",
          session
              + " was shown "
              + (version == null ? "nothing" : version)
              + " of "
              + key
              + ", and has in its past "
              + truth.write(expected).name());
    }
  }

  private BitSet seen(String session) {
    return seen.computeIfAbsent(session, s -> new BitSet());
  }

  private String nameOf(BitSet numbers) {
    return truth.write(numbers.nextSetBit(0)).name().toString();
  }
}
