package io.causa.core.snapshot;

import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joins the states of this replica with a snapshot of another one.
 *
 * <p>The states of a key here and there are joined by what the vectors cover, as in the optimized
 * observed-remove sets of Bieniusa et al. (2012): a version that one side has covered and does not
 * hold was overwritten, or was a tombstone that became stable. So nothing is resurrected, and what
 * only one side has survives.
 *
 * <p>Where one side has no state of a key, it may have removed a tombstone that what survives has
 * not seen: then this is a late write, which is adopted, see docs/design.md. Without the
 * dependencies of the versions that is told by what is known for sure: nothing but the survivors
 * was here, and this side had applied every tombstone that the other one removed.
 */
public final class SnapshotJoin {

  /**
   * What the snapshot makes of the states that are here.
   *
   * @param changes the new states of the keys that change; empty where the key has none any more
   * @param late what may have missed a tombstone, by key
   */
  public record Joined(Map<String, Optional<KeyState>> changes, SortedMap<String, KeyState> late) {}

  private final VersionVector ourVector;
  private final VersionVector theirVector;
  private final boolean weKnowWhatTheyRemoved;
  private final boolean theyKnowWhatWeRemoved;
  private final Map<String, Optional<KeyState>> changes = new LinkedHashMap<>();
  private final SortedMap<String, KeyState> late = new TreeMap<>();

  private SnapshotJoin(SnapshotInstant here, SnapshotInstant there) {
    this.ourVector = here.vector();
    this.theirVector = there.vector();
    this.weKnowWhatTheyRemoved = ourVector.covers(there.floor());
    this.theyKnowWhatWeRemoved = theirVector.covers(here.floor());
  }

  /**
   * Joins both; takes time in proportion to the number of keys.
   *
   * @param here the instant that {@code ours} are of
   * @param ours all states of this replica, in the order of their keys; nobody changes them
   *     meanwhile
   */
  public static Joined join(
      SnapshotInstant here, Map<String, KeyState> ours, ReplicaSnapshot there) {
    SnapshotJoin join = new SnapshotJoin(here, there.instant());
    // In their order, in which maps and tables take them in fastest.
    Map<String, KeyState> theirs = new LinkedHashMap<>();
    there.entries().forEach(entry -> theirs.put(entry.key(), entry.state()));
    ours.forEach((key, state) -> join.join(key, Optional.of(state), theirs.remove(key)));
    theirs.forEach((key, state) -> join.join(key, Optional.empty(), state));
    return new Joined(join.changes, join.late);
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
}
