package io.causa.storage;

import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects one answer to {@link Storage#read}: writes of one origin without gaps, until a limit is
 * reached.
 */
public final class ReadPage {

  private final long to;
  private final int maxBytes;
  private final List<Write> writes = new ArrayList<>();
  private long next;
  private long bytes;

  /**
   * @param from the first sequence wanted
   * @param to the last sequence wanted, inclusive
   * @param maxBytes see {@link Storage#read}
   */
  public ReadPage(long from, long to, int maxBytes) {
    this.next = from;
    this.to = to;
    this.maxBytes = maxBytes;
  }

  /** Takes the write if it belongs to the answer; false ends the answer. */
  public boolean add(Write write) {
    boolean fits = writes.isEmpty() || bytes + write.sizeBytes() <= maxBytes;
    if (write.dot().sequence() != next || next > to || !fits) {
      return false;
    }
    writes.add(write);
    bytes += write.sizeBytes();
    next++;
    return true;
  }

  /** Returns what was taken, in the order of the sequences. */
  public List<Write> writes() {
    return writes;
  }
}
