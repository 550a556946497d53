package io.causa.replication;

import io.causa.clock.VersionVector;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides when a starting replica may serve: once it has applied what the others had when it first
 * heard them.
 *
 * <p>The target does not move, or a busy cluster would keep a replica out forever. Availability
 * comes first: without any progress for the configured time the replica serves what it has, and
 * says so.
 *
 * <p>Owner: the replication loop.
 */
final class CatchUp {

  /** How long after the first digest the others are still waited for. */
  static final long GRACE_MILLIS = 2000;

  private final long readyTimeoutMillis;
  private final Set<String> heard = new HashSet<>();
  private VersionVector target = VersionVector.EMPTY;
  private boolean started;
  private boolean done;
  private String warning = "";
  private int expected;
  private long firstDigestMillis;
  private long progressMillis;
  private long missing = Long.MAX_VALUE;

  CatchUp(long readyTimeoutMillis) {
    this.readyTimeoutMillis = readyTimeoutMillis;
  }

  /** The cluster is joined, with this many members besides this one. */
  void start(int otherMembers, long nowMillis) {
    started = true;
    expected = otherMembers;
    progressMillis = nowMillis;
  }

  /**
   * A digest of that peer arrived, which shows this replica as a member; only the first one counts.
   * What a peer said before it knew this replica may be behind what it takes for stable.
   */
  void heard(String peer, VersionVector applied, long nowMillis) {
    if (done || !heard.add(peer)) {
      return;
    }
    if (heard.size() == 1) {
      firstDigestMillis = nowMillis;
    }
    target = target.join(applied);
    missing = Long.MAX_VALUE;
    progressMillis = nowMillis;
  }

  /** Something came that does not show in what is applied yet. */
  void progressed(long nowMillis) {
    progressMillis = nowMillis;
  }

  /** Looks whether it is enough now. */
  void look(VersionVector applied, long nowMillis) {
    if (!started || done) {
      return;
    }
    progress(applied, nowMillis);
    if (missing == 0 && hasHeardEnough(nowMillis)) {
      done = true;
    } else if (nowMillis - progressMillis >= readyTimeoutMillis) {
      warning = notReady();
      done = true;
    }
  }

  /** Whether it was enough at some time. */
  boolean isDone() {
    return done;
  }

  /** What the replica waited for in vain, for people; empty if it caught up. */
  String warning() {
    return warning;
  }

  /** Why it is not enough yet, for people; empty when it is. */
  String notReady() {
    if (done) {
      return "";
    }
    if (!started) {
      return "the cluster is not joined yet";
    }
    return missing > 0 && !heard.isEmpty()
        ? missing + " writes are missing of what the other members had when they were first heard"
        : "heard " + heard.size() + " of " + expected + " other members";
  }

  private boolean hasHeardEnough(long nowMillis) {
    boolean graceIsOver = !heard.isEmpty() && nowMillis - firstDigestMillis >= GRACE_MILLIS;
    return heard.size() >= expected || graceIsOver;
  }

  private void progress(VersionVector applied, long nowMillis) {
    long still = applied.countMissing(target);
    if (still < missing) {
      missing = still;
      progressMillis = nowMillis;
    }
  }
}
