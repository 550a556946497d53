package io.causa.storage;

import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes of one origin that follow one another without gaps: new ones join at the end, old ones
 * leave at the begin, and each is found by its sequence in O(1).
 *
 * <p>A list, of which a part at the begin may be empty. That part is cut off when it is the larger
 * one, so that leaving costs O(1) as well, and no object beside the write.
 *
 * <p>Not for several threads.
 */
final class WriteRun {

  /** A shorter empty part is not worth moving the rest. */
  private static final int LEAST_CUT = 1024;

  private final List<Write> writes = new ArrayList<>();
  private int left;

  boolean isEmpty() {
    return left == writes.size();
  }

  int size() {
    return writes.size() - left;
  }

  /** Returns the oldest write. The run must not be empty. */
  Write first() {
    return writes.get(left);
  }

  /**
   * Adds the write that follows the last one.
   *
   * @throws IllegalArgumentException if it does not follow
   */
  void add(Write write) {
    if (!isEmpty() && write.dot().sequence() != first().dot().sequence() + size()) {
      throw new IllegalArgumentException(
          write.dot() + " does not follow " + writes.get(writes.size() - 1).dot());
    }
    writes.add(write);
  }

  /** Removes the oldest write and returns it. The run must not be empty. */
  Write removeFirst() {
    Write first = writes.set(left++, null);
    if (left >= LEAST_CUT && left > size()) {
      writes.subList(0, left).clear();
      left = 0;
    }
    return first;
  }

  /** Returns a view of the writes with this sequence and later ones. */
  List<Write> from(long sequence) {
    if (isEmpty()) {
      return List.of();
    }
    long skipped = Math.max(0, sequence - first().dot().sequence());
    return writes.subList((int) Math.min(writes.size(), left + skipped), writes.size());
  }
}
