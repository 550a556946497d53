package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;

/**
 * A log in memory: for each origin, without gaps, everything that was committed and is not trimmed.
 *
 * <p>Not for several threads. Bounds: {@link LogLimits}; the last write that is left always stays.
 */
public final class MemoryLog {

  private final LogLimits limits;
  private final LogAge age;
  private final NavigableMap<Replica, WriteRun> writes = new TreeMap<>();
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
    for (Dot last : after.entries()) {
      if (!applied.covers(last)) {
        Collection<WriteRun> skipped = of(last).values();
        skipped.forEach(same -> bytes -= sizeBytes(same.from(1)));
        skipped.clear();
        trimmed = trimmed.with(last);
      }
    }
  }

  /** The writes of the entry's replica, or of all those that a base stands for. */
  private Map<Replica, WriteRun> of(Dot entry) {
    Replica first = entry.replica();
    Replica last =
        entry.isBase() ? new Replica(first.name(), entry.sequence() - 1) : entry.replica();
    return writes.subMap(first, true, last, true);
  }

  /**
   * Lets one entry stand for all ended generations of a name that it holds nothing of.
   *
   * @param applied what is applied now
   */
  public void compact(VersionVector applied) {
    for (Dot base : applied.bases()) {
      Replica first = writes.ceilingKey(base.replica());
      boolean holdsSome = first != null && first.name().equals(base.replica().name());
      long held = holdsSome ? Math.min(first.generation(), base.sequence()) : base.sequence();
      trimmed = trimmed.with(Dot.ofBase(base.replica().name(), held));
    }
  }

  private static long sizeBytes(Collection<Write> writes) {
    return writes.stream().mapToLong(Write::heapBytes).sum();
  }

  /** The origin's writes from there on, by sequence. */
  public Iterable<Write> from(Replica origin, long first) {
    WriteRun same = writes.get(origin);
    return same == null ? List.of() : same.from(first);
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
    writes.computeIfAbsent(write.origin(), origin -> new WriteRun()).add(write);
    bytes += write.heapBytes();
  }

  private void expire(VersionVector expired) {
    if (expired.isEmpty()) {
      return;
    }
    for (Replica origin : List.copyOf(writes.keySet())) {
      long last = expired.get(origin);
      long first = writes.get(origin).first().dot().sequence();
      if (first <= last) {
        drop(origin, first, last);
      }
    }
  }

  private void drop(Replica origin, long first, long last) {
    long next = first;
    Optional<Write> following;
    do {
      following = removeFirst(origin);
      next++;
    } while (next <= last && following.isPresent());
    trimmed = trimmed.with(new Dot(origin, next - 1));
  }

  private void trim(VersionVector stable) {
    if (bytes <= limits.bytes()) {
      return;
    }
    Queue<TrimOrder.Head> oldest = new PriorityQueue<>(TrimOrder.firstToGo(stable));
    writes.values().forEach(same -> oldest.add(TrimOrder.Head.of(same.first())));
    Map<Replica, Dot> dropped = new HashMap<>();
    while (bytes > limits.bytes() && !isLast()) {
      Dot next = oldest.remove().dot();
      dropped.put(next.replica(), next);
      Optional<Write> following = removeFirst(next.replica());
      following.ifPresent(write -> oldest.add(TrimOrder.Head.of(write)));
    }
    trimmed = trimmed.join(VersionVector.of(dropped.values()));
  }

  private boolean isLast() {
    return writes.size() == 1 && writes.firstEntry().getValue().size() == 1;
  }

  /** Returns the write behind it. */
  private Optional<Write> removeFirst(Replica origin) {
    WriteRun same = writes.get(origin);
    bytes -= same.removeFirst().heapBytes();
    if (same.isEmpty()) {
      writes.remove(origin);
      return Optional.empty();
    }
    return Optional.of(same.first());
  }
}
