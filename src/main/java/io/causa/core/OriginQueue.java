package io.causa.core;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The buffered writes of one origin, by sequence: the first of the causal buffer's two stages.
 *
 * <p>Invariant: {@code contiguousTo} is the end of the run that starts behind what is delivered;
 * the write behind it is missing.
 */
final class OriginQueue {

  private final NavigableMap<Long, Write> writes = new TreeMap<>();
  private long contiguousTo;

  OriginQueue(long delivered) {
    this.contiguousTo = delivered;
  }

  boolean contains(long sequence) {
    return writes.containsKey(sequence);
  }

  void add(Write write) {
    writes.put(write.dot().sequence(), write);
    extend();
  }

  /** Everything up to this sequence is delivered. */
  void delivered(long sequence) {
    contiguousTo = Math.max(contiguousTo, sequence);
    extend();
  }

  Optional<Write> get(long sequence) {
    return Optional.ofNullable(writes.get(sequence));
  }

  void remove(long sequence) {
    writes.remove(sequence);
  }

  /** What is here up to this sequence. */
  List<Write> through(long sequence) {
    return List.copyOf(writes.headMap(sequence, true).values());
  }

  /** No write behind this sequence is one any more: those that are here. */
  List<Write> cut(long last) {
    contiguousTo = Math.min(contiguousTo, last);
    return List.copyOf(writes.tailMap(last, false).values());
  }

  /** What is here becomes something else of the same dot. */
  void replaceAll(UnaryOperator<Write> change) {
    writes.replaceAll((sequence, write) -> change.apply(write));
  }

  /** Delivered or here without a gap, up to this sequence. */
  long contiguousTo() {
    return contiguousTo;
  }

  /** The first sequence here behind the first gap. */
  OptionalLong behindGap() {
    Long first = writes.higherKey(contiguousTo);
    return first == null ? OptionalLong.empty() : OptionalLong.of(first);
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }

  Collection<Write> writes() {
    return writes.values();
  }

  private void extend() {
    while (writes.containsKey(contiguousTo + 1)) {
      contiguousTo++;
    }
  }
}
