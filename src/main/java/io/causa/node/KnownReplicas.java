package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every replica that this node has heard of, for printing and reading names.
 *
 * <p>Any thread reads {@link #names()}; additions are rare and take a lock.
 */
final class KnownReplicas {

  private final Set<Replica> known = new TreeSet<>();
  private volatile ReplicaNames names = new ReplicaNames(known);
  private VersionVector retired = VersionVector.EMPTY;

  KnownReplicas(Replica self, VersionVector applied) {
    add(self);
    addAll(applied);
  }

  ReplicaNames names() {
    return names;
  }

  void addAll(VersionVector vector) {
    for (Dot entry : vector) {
      add(entry.replica());
    }
  }

  void add(Replica replica) {
    if (!names.knows(replica)) {
      remember(replica);
    }
  }

  private synchronized void remember(Replica replica) {
    known.add(replica);
    name();
  }

  /** These generations need not be told from the later ones of their names any more. */
  synchronized void retire(VersionVector last) {
    retired = retired.join(last);
    last.forEach(end -> known.add(end.replica()));
    name();
  }

  private void name() {
    names = new ReplicaNames(known, replica -> retired.get(replica) > 0);
  }
}
