package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;

/**
 * Joins the states of this replica with a snapshot of another one.
 *
 * <p>The states of a key here and there are joined by what the vectors cover, as in the optimized
 * observed-remove sets of Bieniusa et al. (2012): a version that one side has covered and does not
 * hold was overwritten, or was a tombstone that became stable. So nothing is resurrected, and what
 * only one side has survives.
 *
 * <p>Where one side has no state of a key, it may have removed a tombstone that what survives has
 * not seen: then this is a late write, to be adopted as {@link CommitBuilder} says. Without the
 * dependencies of the versions that is told by what is known for sure: nothing but the survivors
 * was here, and this side had applied every tombstone that the other one removed.
 */
final class SnapshotJoin {

  /**
   * @param changes the new states of the keys that change; empty where the key has none any more
   * @param states all states
   * @param tombstones those among them
   * @param late what may have missed a tombstone, by key
   */
  record Joined(
      Map<String, Optional<KeyState>> changes,
      ConcurrentNavigableMap<String, KeyState> states,
      Tombstones tombstones,
      SortedMap<String, KeyState> late) {}

  private final KeyStates here;
  private final ReplicaSnapshot there;
  private final VersionVector ourVector;
  private final VersionVector theirVector;
  private final boolean weKnowWhatTheyRemoved;
  private final boolean theyKnowWhatWeRemoved;
  private final Map<String, Optional<KeyState>> changes = new LinkedHashMap<>();
  private final SortedMap<String, KeyState> late = new TreeMap<>();

  SnapshotJoin(KeyStates here, ReplicaSnapshot there) {
    this.here = here;
    this.there = there;
    this.ourVector = here.applied();
    this.theirVector = there.instant().vector();
    this.weKnowWhatTheyRemoved = ourVector.covers(there.instant().floor());
    this.theyKnowWhatWeRemoved = theirVector.covers(here.floor());
  }

  /** Takes time in proportion to the number of keys. */
  Joined join() {
    // In their order, in which maps and tables take them in fastest.
    Map<String, KeyState> theirs = new LinkedHashMap<>();
    there.entries().forEach(entry -> theirs.put(entry.key(), entry.state()));
    here.forEach((key, ours) -> join(key, Optional.of(ours), theirs.remove(key)));
    theirs.forEach((key, state) -> join(key, Optional.empty(), state));
    ConcurrentNavigableMap<String, KeyState> states = states();
    Tombstones tombstones = new Tombstones();
    states.forEach(tombstones::changed);
    return new Joined(changes, states, tombstones, late);
  }

  private void join(String key, Optional<KeyState> ours, KeyState theirsOrNull) {
    Optional<KeyState> theirs = Optional.ofNullable(theirsOrNull);
    Optional<KeyState> joined = KeyState.join(ours, ourVector, theirs, theirVector);
    if (!joined.equals(ours)) {
      changes.put(key, joined);
    }
    if (joined.isPresent() && isLate(ours, theirs, joined.get())) {
      late.put(key, joined.get());
    }
  }

  private boolean isLate(Optional<KeyState> ours, Optional<KeyState> theirs, KeyState joined) {
    if (theirs.isEmpty()) {
      return !weKnowWhatTheyRemoved || !ours.equals(Optional.of(joined));
    }
    return ours.isEmpty() && (!theyKnowWhatWeRemoved || !theirs.equals(Optional.of(joined)));
  }

  private ConcurrentNavigableMap<String, KeyState> states() {
    ConcurrentNavigableMap<String, KeyState> states = here.copy();
    changes.forEach(
        (key, state) ->
            state.ifPresentOrElse(now -> states.put(key, now), () -> states.remove(key)));
    return states;
  }
}
