package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.Roster;
import io.causa.replication.ReplicaLimit;
import io.causa.replication.PeerMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every replica that this node has heard of, for printing and reading names, and how many more it
 * lets in.
 *
 * <p>Any thread reads {@link #names()}; additions are rare and take a lock.
 */
final class KnownReplicas {

  /** From this number on the log warns: four fifths of the most. */
  static final int WARN_FROM = ReplicaLimit.MOST_REPLICAS * 4 / 5;

  private static final Logger LOG = LoggerFactory.getLogger(KnownReplicas.class);

  private final ReplicaLimit replicaLimit;
  private final Set<Replica> known = new TreeSet<>();
  private volatile ReplicaNames names;
  private VersionVector retired = VersionVector.EMPTY;
  private boolean warned;

  KnownReplicas(Replica self, VersionVector applied, Roster roster) {
    replicaLimit = new ReplicaLimit(self, applied, roster);
    known.add(self);
    applied.forEach(last -> known.add(last.replica()));
    name();
    warnIfMany();
  }

  ReplicaNames names() {
    return names;
  }

  /** See {@link ReplicaLimit#admit}. */
  synchronized Optional<String> admit(PeerMessage message) {
    Optional<String> refusal = replicaLimit.admit(message);
    warnIfMany();
    return refusal;
  }

  /** How many replicas are known. */
  synchronized int size() {
    return replicaLimit.size();
  }

  void addAll(VersionVector vector) {
    List<Replica> unknown = new ArrayList<>();
    for (Dot entry : vector) {
      if (!names.knows(entry.replica())) {
        unknown.add(entry.replica());
      }
    }
    remember(unknown);
  }

  void add(Replica replica) {
    if (!names.knows(replica)) {
      remember(List.of(replica));
    }
  }

  /** However many there are, the names are made once: that takes time for all that are known. */
  private synchronized void remember(Collection<Replica> unknown) {
    if (known.addAll(unknown)) {
      name();
    }
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

  private void warnIfMany() {
    if (!warned && replicaLimit.size() >= WARN_FROM) {
      warned = true;
      LOG.warn(
          "{} replicas are known; at {} newcomers are refused, at {} everybody unknown. Each start without its data makes a node a new one, for good",
          replicaLimit.size(),
          ReplicaLimit.MOST_BEFORE_NEWCOMERS,
          ReplicaLimit.MOST_REPLICAS);
    }
  }
}
