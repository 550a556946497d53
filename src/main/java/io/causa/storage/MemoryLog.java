package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log in memory: for each origin, without gaps, everything that was committed and is not trimmed.
 *
 * <p>Not for several threads. Bounds: {@link LogLimits}; the last write that is left always stays.
 */
public final class MemoryLog {

  private final LogLimits limits;
  private final LogAge age;
  private final Map<Replica, TreeMap<Long, Write>> writes = new HashMap<>();
  private VersionVector trimmed = VersionVector.EMPTY;
  private long bytes;

  public MemoryLog(LogLimits limits) {
    this.limits = limits;
    this.age = new LogAge(limits.ageMillis(), List.of());
  }

  /**
   * Adds the writes of one commit, and lets go what is over a limit then.
   *
   * @param applied what was applied before
   * @param stable what every member has applied
   * @param nowMillis any clock in milliseconds
   */
  public void add(
      List<Write> committed, VersionVector applied, VersionVector stable, long nowMillis) {
    age.mark(nowMillis, applied);
    committed.forEach(this::append);
    expire(age.takeExpired(nowMillis));
    trim(stable);
  }

  /**
   * The writes of these origins up to here came by a snapshot and not by the log, which has no
   * gaps: what it holds of them goes.
   *
   * @param applied what was applied before
   */
  public void skip(VersionVector applied, VersionVector after) {
    for (Dot last : after) {
      if (!applied.covers(last)) {
        TreeMap<Long, Write> skipped = writes.remove(last.replica());
        bytes -= skipped == null ? 0 : sizeBytes(skipped.values());
        trimmed = trimmed.with(last);
      }
    }
  }

  private static long sizeBytes(Collection<Write> writes) {
    return writes.stream().mapToLong(Write::heapBytes).sum();
  }

  /** The origin's writes from there on, by sequence. */
  public Iterable<Write> from(Replica origin, long first) {
    return writes.getOrDefault(origin, new TreeMap<>()).tailMap(first).values();
  }

  /** What it holds no longer: of each origin all writes up to this. */
  public VersionVector trimmed() {
    return trimmed;
  }

  LogLimits limits() {
    return limits;
  }

  /** Returns what its writes occupy on the heap, about. */
  public long bytes() {
    return bytes;
  }

  private void append(Write write) {
    writes
        .computeIfAbsent(write.origin(), origin -> new TreeMap<>())
        .put(write.dot().sequence(), write);
    bytes += write.heapBytes();
  }

  private void expire(VersionVector expired) {
    for (Dot last : expired) {
      TreeMap<Long, Write> same = writes.getOrDefault(last.replica(), new TreeMap<>());
      List<Write> old = List.copyOf(same.headMap(last.sequence(), true).values());
      old.forEach(write -> drop(TrimOrder.Head.of(write)));
    }
  }

  private void trim(VersionVector stable) {
    while (bytes > limits.bytes() && !isLast()) {
      drop(TrimOrder.next(heads(), stable).orElseThrow());
    }
  }

  private List<TrimOrder.Head> heads() {
    return writes.values().stream()
        .map(same -> TrimOrder.Head.of(same.get(same.firstKey())))
        .toList();
  }

  private boolean isLast() {
    return writes.size() == 1 && writes.values().iterator().next().size() == 1;
  }

  private void drop(TrimOrder.Head head) {
    Dot dot = head.dot();
    TreeMap<Long, Write> same = writes.get(dot.replica());
    bytes -= same.remove(dot.sequence()).heapBytes();
    if (same.isEmpty()) {
      writes.remove(dot.replica());
    }
    trimmed = trimmed.with(dot);
  }
}
