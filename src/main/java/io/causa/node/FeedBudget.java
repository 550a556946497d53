package io.causa.node;

import io.causa.core.Write;

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

  private final long limitBytes;
  private long outstandingBytes;

  FeedBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** What this write occupies until its events are sent. */
  static long bytesOf(Write write) {
    return write.sizeBytes() + (long) EVENT_BYTES * write.mutations().size();
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
