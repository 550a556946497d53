package io.causa.storage;

import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects one answer to {@link Storage#read}: writes of one origin without gaps, until a limit is
 * reached.
 */
final class ReadPage {

  private final long to;
  private final int maxBytes;
  private final List<Write> writes = new ArrayList<>();
  private long next;
  private long bytes;

  ReadPage(long from, long to, int maxBytes) {
    this.next = from;
    this.to = to;
    this.maxBytes = maxBytes;
  }

  /** Takes the write if it belongs to the answer; false ends the answer. */
  boolean add(Write write) {
    boolean fits = writes.isEmpty() || bytes + write.sizeBytes() <= maxBytes;
    if (write.dot().sequence() != next || next > to || !fits) {
      return false;
    }
    writes.add(write);
    bytes += write.sizeBytes();
    next++;
    return true;
  }

  List<Write> writes() {
    return writes;
  }
}
