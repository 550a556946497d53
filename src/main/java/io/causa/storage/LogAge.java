package io.causa.storage;

import io.causa.clock.VersionVector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Remembers roughly when what was applied here, so that the log can forget what is too old.
 *
 * <p>No write carries a time that a rule may read, and the log need not either: a mark says that a
 * vector was applied at some time, and {@link #MARKS} of them are enough to know the age of all
 * writes within a sixty-fourth of the limit. A vector that was applied is causally closed, so what
 * expires together is, too.
 *
 * <p>Owner: whoever commits. A clock that is set back makes writes stay longer.
 */
final class LogAge {

  /** How many marks there are at the most, about. */
  static final int MARKS = 64;

  /**
   * @param millis the wall time in milliseconds since 1970
   * @param applied what was applied by then
   */
  record Mark(long millis, VersionVector applied) {}

  private final long limitMillis;
  private final Deque<Mark> marks;

  /**
   * @param marks those that were made before, in their order
   */
  LogAge(long limitMillis, List<Mark> marks) {
    this.limitMillis = limitMillis;
    this.marks = new ArrayDeque<>(marks);
  }

  /**
   * Marks the time, if the last mark is old enough.
   *
   * @return whether the marks have changed
   */
  boolean mark(long nowMillis, VersionVector applied) {
    while (!marks.isEmpty() && marks.getLast().millis() > nowMillis) {
      marks.removeLast();
    }
    if (!marks.isEmpty() && nowMillis - marks.getLast().millis() < limitMillis / MARKS) {
      return false;
    }
    marks.addLast(new Mark(nowMillis, applied));
    return true;
  }

  /** What was applied at least as long ago as the limit says; asked again, only what is new. */
  VersionVector takeExpired(long nowMillis) {
    VersionVector expired = VersionVector.EMPTY;
    while (!marks.isEmpty() && nowMillis - marks.getFirst().millis() >= limitMillis) {
      expired = marks.removeFirst().applied();
    }
    return expired;
  }

  List<Mark> marks() {
    return List.copyOf(marks);
  }
}
