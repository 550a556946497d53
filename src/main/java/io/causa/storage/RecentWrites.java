package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import java.util.List;

/**
 * The own writes that became durable last, as they were committed. The streams to peers that keep
 * up read these, and neither open the database nor decode what was in memory a moment ago.
 *
 * <p>Thread-safe. Bound: a number of bytes on the heap, about.
 */
final class RecentWrites {

  private final Replica self;
  private final long limitBytes;
  private final WriteRun writes = new WriteRun();
  private long bytes;
  private boolean closed;

  RecentWrites(Replica self, long limitBytes) {
    this.self = self;
    this.limitBytes = limitBytes;
  }

  /** These are durable now; those of others do not matter. */
  synchronized void add(List<StagedWrite> committed) {
    for (StagedWrite staged : committed) {
      if (staged.write().origin().equals(self)) {
        add(staged.write());
      }
    }
  }

  /** A snapshot may have brought the own writes before this one. */
  private void add(Write write) {
    boolean follows =
        writes.isEmpty()
            || write.dot().sequence() == writes.first().dot().sequence() + writes.size();
    while (!writes.isEmpty() && (!follows || bytes + write.heapBytes() > limitBytes)) {
      bytes -= writes.removeFirst().heapBytes();
    }
    if (!closed && write.heapBytes() <= limitBytes) {
      writes.add(write);
      bytes += write.heapBytes();
    }
  }

  /** As {@link Storage#read}; empty also if the log has to be asked. */
  synchronized List<Write> read(Replica origin, long from, long to, int maxBytes) {
    if (closed || !origin.equals(self) || writes.isEmpty()) {
      return List.of();
    }
    ReadPage page = new ReadPage(from, to, maxBytes);
    for (Write write : writes.from(from)) {
      if (!page.add(write)) {
        break;
      }
    }
    return page.writes();
  }

  /** From now on the log has to be asked. */
  synchronized void close() {
    closed = true;
  }
}
