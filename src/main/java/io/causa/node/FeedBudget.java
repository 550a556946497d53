package io.causa.node;

import io.causa.core.StagedWrite;

/**
 * How much of the feed is under way on the bus: each write with what it occupies there, which for
 * small ones is mostly the objects of their events.
 *
 * <p>Owner: the loop of the feed. Bound: {@code limitBytes}, or a single write that alone is
 * larger.
 */
final class FeedBudget {

  /** About what one event occupies as an object, beside its key and value. */
  static final int EVENT_BYTES = 1_500;

  /** About what an entry of the clock occupies in one event: in the clock and in two contexts. */
  static final int ENTRY_BYTES = 200;

  /** What the entries of a small cluster occupy is part of the event. */
  static final int FREE_ENTRIES = 8;

  private final long limitBytes;
  private long outstandingBytes;

  FeedBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** What the events of this write occupy until they are sent. */
  static long bytesOf(StagedWrite applied) {
    int entries = Math.max(0, applied.after().size() - FREE_ENTRIES);
    long event = EVENT_BYTES + (long) ENTRY_BYTES * entries;
    return applied.write().sizeBytes() + event * applied.write().mutations().size();
  }

  /** Whether so much more may be under way; then it is. */
  boolean take(long bytes) {
    boolean room = outstandingBytes == 0 || outstandingBytes + bytes <= limitBytes;
    outstandingBytes += room ? bytes : 0;
    return room;
  }

  void giveBack(long bytes) {
    outstandingBytes -= bytes;
  }
}
