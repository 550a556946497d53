package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.replication.message.PeerMessage.Pull;
import java.util.HashMap;
import java.util.Map;

/**
 * The writes of one origin that others have and this replica lacks, and the pull that is under way
 * for them.
 *
 * <p>Owner: the replication loop. Invariant: at most one pull is under way for an origin.
 */
final class Gap {

  private record UnderWay(Peer source, Pull pull) {}

  private final Replica origin;
  private final ReplicationSettings settings;
  private final Map<String, Integer> failuresBySource = new HashMap<>();
  private long have;
  private long progressMillis;
  private boolean urgent;
  private UnderWay underWay;
  private long askedMillis = Long.MIN_VALUE;
  private int failures;

  Gap(Replica origin, long have, ReplicationSettings settings, long nowMillis) {
    this.origin = origin;
    this.have = have;
    this.settings = settings;
    this.progressMillis = nowMillis;
  }

  Replica origin() {
    return origin;
  }

  /** The last write of the origin before the gap. */
  long have() {
    return have;
  }

  /** Something arrived here at last, so there may be room for this, too. */
  void encourage() {
    failures = 0;
  }

  /** So much of the origin's writes is received now, on whichever way. */
  void received(long sequence, long nowMillis) {
    if (sequence > have) {
      have = sequence;
      progressMillis = nowMillis;
      failures = 0;
    }
  }

  /** A pulled batch arrived: if it answers the pull under way, the rest is asked for at once. */
  void arrived(Replica source) {
    boolean answers = underWay != null && underWay.source().replica().equals(source);
    if (answers && have >= underWay.pull().from()) {
      underWay = null;
      urgent = true;
    }
  }

  /** Gives the pull up if its answer is overdue, or if whoever was asked is gone. */
  void expire(Peers peers, long nowMillis) {
    if (underWay == null) {
      return;
    }
    boolean gone = !peers.isLive(underWay.source().replica(), nowMillis);
    if (gone || nowMillis - askedMillis >= timeoutMillis()) {
      failures++;
      failuresBySource.merge(underWay.source().name(), 1, Integer::sum);
      underWay = null;
      urgent = true;
    }
  }

  /** Whether the origin had its chance: a live one is given time to fill the gap itself. */
  boolean isDue(boolean originIsLive, long nowMillis) {
    return underWay == null && (urgent || !originIsLive || isOverdue(nowMillis));
  }

  /** Whether nothing has come for as long as the origin is given. */
  boolean isOverdue(long nowMillis) {
    return nowMillis - progressMillis >= settings.pullAfterMillis();
  }

  boolean isUnderWay() {
    return underWay != null;
  }

  /** When it was last pulled for; before all times if it never was. */
  long askedMillis() {
    return askedMillis;
  }

  /** How many pulls from this peer failed since the gap was noticed. */
  int failuresOf(Peer source) {
    return failuresBySource.getOrDefault(source.name(), 0);
  }

  /** The pull that was just decided on is under way. */
  void pulls(Peer source, Pull pull, long nowMillis) {
    urgent = false;
    underWay = new UnderWay(source, pull);
    askedMillis = nowMillis;
  }

  /** Doubles with every failure in a row, so that what nobody delivers costs little. */
  private long timeoutMillis() {
    long timeoutMillis = settings.pullTimeoutMillis();
    for (int i = 0; i < failures && timeoutMillis < settings.maxBackoffMillis(); i++) {
      timeoutMillis *= 2;
    }
    return Math.min(
        timeoutMillis, Math.max(settings.maxBackoffMillis(), settings.pullTimeoutMillis()));
  }
}
