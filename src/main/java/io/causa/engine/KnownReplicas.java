package io.causa.engine;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.ReplicaLimit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every replica that this node has heard of, for printing and reading names, and how many more it
 * lets in.
 *
 * <p>A generation that never wrote has a name only until a later one of its name is met. A node
 * that starts afterwards never hears of the earlier one, and must print the same names.
 *
 * <p>Any thread reads {@link #names()} and {@link #retirement()}; additions are rare and take a
 * lock.
 */
final class KnownReplicas {

  /** From this number on the log warns: four fifths of the most. */
  static final int WARN_FROM = ReplicaLimit.MOST_REPLICAS * 4 / 5;

  private static final Logger LOG = LoggerFactory.getLogger(KnownReplicas.class);

  private final ReplicaLimit replicaLimit;
  private final Set<Replica> writers = new HashSet<>();
  private final Map<String, Replica> latestMet = new HashMap<>();
  private volatile ReplicaNames names;
  private volatile Endings ended = Endings.NONE;
  private VersionVector lastAdded = VersionVector.EMPTY;
  private boolean warned;

  KnownReplicas(Replica self, VersionVector applied, Roster roster) {
    replicaLimit = new ReplicaLimit(self, applied, roster);
    latestMet.put(self.name(), self);
    applied.forEach(last -> writers.add(last.replica()));
    name();
    warnIfMany();
  }

  ReplicaNames names() {
    return names;
  }

  /** Returns where the histories end that have ended, as far as this node knows. */
  Retirement retirement() {
    return Retirement.of(ended);
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

  /** Names the replicas that have writes in the vector. */
  synchronized void addAll(VersionVector vector) {
    if (vector.isOfSameReplicas(lastAdded)) {
      return;
    }
    lastAdded = vector;
    boolean isNew = false;
    for (Dot last : vector) {
      isNew |= !ended.isBelow(last.replica()) && writers.add(last.replica());
    }
    if (isNew) {
      name();
    }
  }

  /**
   * Names the sender of a digest and all whose writes it has. One that is no member needs no name:
   * it may be a twin that was started by mistake, stops, and never writes.
   */
  void heard(Digest digest) {
    if (digest.roster().isMember(digest.sender())) {
      add(digest.sender());
    }
    addAll(digest.applied());
  }

  /** Names a replica that was met, if no later generation of its name was. */
  synchronized void add(Replica replica) {
    Replica latest = latestMet.merge(replica.name(), replica, KnownReplicas::later);
    if (latest.equals(replica) && !names.knows(replica)) {
      name();
    }
  }

  private static Replica later(Replica one, Replica other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * These generations have ended. Their names go on meaning them: clients may still hold those. Of
   * each name one of them is kept, so that the others' full names are printed.
   */
  synchronized void ended(Endings now) {
    ended = now;
    lastAdded = VersionVector.EMPTY;
    replicaLimit.ended(now);
    writers.removeIf(now::isBelow);
    now.open().forEach(last -> writers.add(last.replica()));
    now.below().keySet().forEach(name -> now.latest(name).ifPresent(writers::add));
    name();
  }

  private void name() {
    Set<Replica> known = new HashSet<>(writers);
    known.addAll(latestMet.values());
    names = new ReplicaNames(known, ended::includes);
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
