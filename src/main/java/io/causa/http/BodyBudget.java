package io.causa.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of request bodies are under way through HTTP, over all its loops: from the head of
 * a request, before any of its body is kept, until its answer, or until the store counts the write
 * among what waits there. Another one counts the answers that show values in JSON, until they are
 * sent.
 *
 * <p>Any thread. Bound: {@code limitBytes}.
 */
final class BodyBudget {

  private final long limitBytes;
  private final AtomicLong takenBytes = new AtomicLong();
  private final AtomicLong leases = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  BodyBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Returns a share for one body, which is empty at first. */
  Lease lease() {
    return new Lease();
  }

  /** Returns the bytes that are under way now. */
  long bytes() {
    return takenBytes.get();
  }

  /** Returns how many bodies are under way now. */
  long bodies() {
    return leases.get();
  }

  /** Returns the most bytes that may be under way. */
  long limitBytes() {
    return limitBytes;
  }

  /** Returns how many bodies found no room since the start. */
  long refused() {
    return refused.get();
  }

  private boolean take(long bytes) {
    long before = takenBytes.get();
    while (bytes <= limitBytes - before) {
      if (takenBytes.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = takenBytes.get();
    }
    refused.incrementAndGet();
    return false;
  }

  /**
   * The share of one body.
   *
   * <p>Owner: the loop of its request. A share that was given back takes nothing any more.
   */
  final class Lease {

    private long heldBytes;
    private boolean over;

    private Lease() {}

    /** Reserves so many bytes more; if there is no room, the share stays as it is. */
    boolean take(long bytes) {
      if (over || !BodyBudget.this.take(bytes)) {
        return false;
      }
      if (heldBytes == 0 && bytes > 0) {
        leases.incrementAndGet();
      }
      heldBytes += bytes;
      return true;
    }

    /** Gives everything back. Told again, it does nothing. */
    void release() {
      over = true;
      if (heldBytes > 0) {
        takenBytes.addAndGet(-heldBytes);
        leases.decrementAndGet();
        heldBytes = 0;
      }
    }
  }
}
