package io.causa.engine;

import io.causa.core.StagedWrite;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the feed is under way on the bus: each write with what it occupies there, which for
 * small ones is mostly the objects of their events.
 *
 * <p>The store's loop takes, and any thread gives back. Bound: {@code limitBytes}, or a single
 * write that alone is larger.
 */
final class FeedBudget {

  /** About what one event occupies as an object, beside its key and value. */
  static final int EVENT_BYTES = 1_500;

  /** About what an entry of the clock occupies in one event: in the clock and in two contexts. */
  static final int ENTRY_BYTES = 200;

  /** What the entries of a small cluster occupy is part of the event. */
  static final int FREE_ENTRIES = 8;

  private final long limitBytes;
  private final AtomicLong outstandingBytes = new AtomicLong();

  FeedBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** What the events of this write occupy until they are sent. */
  static long bytesOf(StagedWrite applied) {
    int entries = Math.max(0, applied.after().size() - FREE_ENTRIES);
    long event = EVENT_BYTES + (long) ENTRY_BYTES * entries;
    return applied.write().sizeBytes() + event * applied.write().mutations().size();
  }

  /** Reserves the bytes; returns false if there is no room for them. */
  boolean take(long bytes) {
    long outstanding = outstandingBytes.get();
    boolean room = outstanding == 0 || outstanding + bytes <= limitBytes;
    if (room) {
      outstandingBytes.addAndGet(bytes);
    }
    return room;
  }

  void giveBack(long bytes) {
    outstandingBytes.addAndGet(-bytes);
  }
}
