package io.causa.replication.message;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the replicas that this one has heard of, and refuses messages that bring too many.
 *
 * <p>A replica is not forgotten before its generation has ended for all members: it has an entry in
 * every vector, on disks, in messages and in contexts. So whoever can make replicas up can fill
 * every node for good. What has ended is bounded by {@link Endings#MOST_LISTED}. The limits are the
 * same on every node, and no setting, as nodes with different ones would refuse one another's
 * messages.
 *
 * <p>An honest cluster that reaches them loses nothing: its members know one another, so what they
 * say names nobody new and they go on converging. Only newcomers are refused, and by everyone. They
 * are refused a little earlier than what members hear of one another: two newcomers that are
 * admitted at the same moment by different members must not make these refuse each other.
 *
 * <p>Not thread-safe. Bound: {@link #MOST_REPLICAS}, or what is on the disk.
 */
public final class ReplicaLimit {

  /** The most replicas that are known in all: 100 nodes with 40 generations each, and a reserve. */
  public static final int MOST_REPLICAS = 4096;

  /** A sender that is unknown itself is taken in below this number only. */
  public static final int MOST_BEFORE_NEWCOMERS = 4000;

  /**
   * The most unknown replicas that one batch of writes brings. A node's batch has the writes of one
   * origin, and its digests, which may bring any number, come first.
   */
  public static final int MOST_IN_BATCH = 256;

  private final Set<Replica> known = new HashSet<>();
  private Endings ended = Endings.NONE;

  /**
   * @param self this replica
   * @param applied what its data has
   * @param roster whom its data knows
   */
  public ReplicaLimit(Replica self, VersionVector applied, Roster roster) {
    known.add(self);
    add(applied, known);
    add(roster, known);
    ended(roster.ended());
  }

  /**
   * These generations have ended. Those before the bound of their name are no more in any vector,
   * and do not count.
   */
  public void ended(Endings now) {
    ended = now;
    known.removeIf(ended::isBelow);
  }

  /** How many replicas are known. */
  public int size() {
    return known.size();
  }

  /**
   * Counts the replicas that a message brings.
   *
   * @return why the message has to be refused, for people; empty if it may be taken in
   */
  public Optional<String> admit(PeerMessage message) {
    Set<Replica> unknown = unknown(message);
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    int most = known.contains(message.sender()) ? MOST_REPLICAS : MOST_BEFORE_NEWCOMERS;
    if (message instanceof WriteBatch && unknown.size() > MOST_IN_BATCH) {
      return Optional.of(
          "a batch brings %d unknown replicas, allowed are %d"
              .formatted(unknown.size(), MOST_IN_BATCH));
    }
    if (known.size() + unknown.size() > most) {
      return Optional.of(
          "%d replicas are known here, and the message brings %d more; allowed are %d in all"
              .formatted(known.size(), unknown.size(), most));
    }
    known.addAll(unknown);
    return Optional.empty();
  }

  /** Almost always none, and then nothing is made. */
  private Set<Replica> unknown(PeerMessage message) {
    Set<Replica> unknown = addIfUnknown(message.sender(), Set.of());
    if (message instanceof WriteBatch batch) {
      unknown = addBatch(batch, unknown);
    } else if (message instanceof Digest digest) {
      unknown = addDigest(digest, unknown);
    } else if (message instanceof SnapshotChunk chunk) {
      unknown = addUnknown(chunk.instant().vector(), unknown);
      unknown = addUnknown(chunk.instant().floor(), unknown);
    } else if (message instanceof Pull pull) {
      unknown = addIfUnknown(pull.origin(), unknown);
    }
    return unknown;
  }

  private Set<Replica> addIfUnknown(Replica replica, Set<Replica> unknown) {
    if (known.contains(replica) || ended.isBelow(replica)) {
      return unknown;
    }
    Set<Replica> more = unknown.isEmpty() ? new HashSet<>() : unknown;
    more.add(replica);
    return more;
  }

  private Set<Replica> addUnknown(VersionVector vector, Set<Replica> unknown) {
    Set<Replica> more = unknown;
    for (Dot last : vector) {
      more = addIfUnknown(last.replica(), more);
    }
    return more;
  }

  /** Of writes that follow one another, mostly only the first one names anybody new. */
  private Set<Replica> addBatch(WriteBatch batch, Set<Replica> unknown) {
    Set<Replica> more = unknown;
    VersionVector seen = VersionVector.EMPTY;
    Replica origin = batch.sender();
    for (Write write : batch.writes()) {
      if (!write.origin().equals(origin)) {
        origin = write.origin();
        more = addIfUnknown(origin, more);
      }
      if (!write.dependencies().isOfSameReplicas(seen)) {
        seen = write.dependencies();
        more = addUnknown(seen, more);
      }
    }
    return more;
  }

  private Set<Replica> addDigest(Digest digest, Set<Replica> unknown) {
    Set<Replica> more = addUnknown(digest.received(), unknown);
    more = addUnknown(digest.applied(), more);
    more = addUnknown(digest.trimmed(), more);
    Roster roster = digest.roster();
    for (Roster.Entry entry : roster.entries()) {
      more = addIfUnknown(entry.replica(), more);
    }
    for (Dot last : roster.ordered().listed()) {
      more = addIfUnknown(last.replica(), more);
    }
    for (Dot last : roster.ended().open()) {
      more = addIfUnknown(last.replica(), more);
    }
    if (!more.isEmpty()) {
      more.removeIf(roster.ended()::isBelow);
    }
    return more;
  }

  private static void add(Roster roster, Set<Replica> named) {
    roster.entries().forEach(entry -> named.add(entry.replica()));
    roster.ordered().listed().forEach(last -> named.add(last.replica()));
    roster.ended().open().forEach(last -> named.add(last.replica()));
    named.removeIf(roster.ended()::isBelow);
  }

  private static void add(VersionVector vector, Set<Replica> named) {
    for (Dot last : vector) {
      named.add(last.replica());
    }
  }
}
