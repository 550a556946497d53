package io.causa.core;

import io.causa.clock.Dot;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The buffered writes of one origin, by sequence: the first of the causal buffer's two stages.
 *
 * <p>Invariant: {@code contiguousTo} is the end of the run that starts behind what is delivered;
 * the write behind it is missing.
 */
final class OriginQueue {

  private final SequencePages writes = new SequencePages();
  private long contiguousTo;

  OriginQueue(long delivered) {
    this.contiguousTo = delivered;
  }

  boolean contains(long sequence) {
    return writes.contains(sequence);
  }

  /**
   * Takes in a write that is not here.
   *
   * @param bytes what it counts
   */
  void add(Write write, long bytes) {
    writes.put(write.dot().sequence(), write, bytes);
    extend();
  }

  /** Everything up to this sequence is delivered. */
  void delivered(long sequence) {
    contiguousTo = Math.max(contiguousTo, sequence);
    extend();
  }

  /** Returns the write of that sequence; null if it is not here. */
  Write get(long sequence) {
    return writes.get(sequence);
  }

  /** Takes out a write that is here, and returns what it counted. */
  long remove(long sequence) {
    return writes.remove(sequence);
  }

  /** What is here up to this sequence. */
  List<Write> through(long sequence) {
    return writes.between(1, sequence, Integer.MAX_VALUE);
  }

  /** No write behind this sequence is one any more: those that are here. */
  List<Write> cut(long last) {
    contiguousTo = Math.min(contiguousTo, last);
    return writes.between(last + 1, Dot.MAX_SEQUENCE, Integer.MAX_VALUE);
  }

  /** What is here becomes something else of the same dot. */
  void replaceAll(UnaryOperator<Write> change) {
    writes.replaceAll(change);
  }

  /** Delivered or here without a gap, up to this sequence. */
  long contiguousTo() {
    return contiguousTo;
  }

  /** The first sequence here behind the first gap. */
  OptionalLong behindGap() {
    return writes.ceiling(contiguousTo + 1);
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }

  /** The first writes here, at most so many. */
  List<Write> writes(int most) {
    return writes.between(1, Dot.MAX_SEQUENCE, most);
  }

  private void extend() {
    while (writes.contains(contiguousTo + 1)) {
      contiguousTo++;
    }
  }
}
