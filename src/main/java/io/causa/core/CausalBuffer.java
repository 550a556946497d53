package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Retirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Buffers every remote write until everything that it depends on has been delivered.
 *
 * <p>Causal delivery as in Birman, Schiper and Stephenson, "Lightweight Causal and Atomic Group
 * Multicast" (1991), in two stages with one job each: the order of one origin (duplicate, next,
 * gap), then the dependencies of the next write. A blocked write waits for exactly one missing dot;
 * when that is delivered it is looked at again. No scanning: one delivered write costs O(replicas +
 * log n), however full the buffer is.
 *
 * <p>Owner: the delivery loop. Bounds: {@link Limits}. Invariant: whatever is handed over is
 * deliverable at the moment it is handed over, and nothing is handed over twice.
 */
public final class CausalBuffer {

  /** What became of an offered write. */
  public enum Admission {
    /** Held, or handed over already: it need not come again. */
    ADMITTED,
    /** Delivered or held before. */
    DUPLICATE,
    /** There is no room for it now: it must come again. */
    REFUSED
  }

  /**
   * @param writes how many writes may be held
   * @param bytes how many bytes on the heap they may have together
   * @param handedOverBytes how many bytes may be handed over and not yet applied before more is
   *     admitted
   */
  public record Limits(int writes, long bytes, long handedOverBytes) {}

  /** A held write and the one dot that it waits for. */
  public record Blocked(Write write, Dot waitsFor) {}

  /** A write that the store has, and how many bytes it counts until it is applied. */
  private record HandedOver(Dot dot, long bytes) {}

  private final Limits limits;
  private final SortedMap<Replica, OriginQueue> origins = new TreeMap<>();
  private DotIndex<Dot> waiting = new DotIndex<>();
  private final Deque<HandedOver> handedOver = new ArrayDeque<>();
  private List<Write> deliverable = new ArrayList<>();
  private VersionVector delivered;
  private int heldWrites;
  private long heldBytes;
  private long handedOverBytes;

  /**
   * @param applied what the store has already
   */
  public CausalBuffer(VersionVector applied, Limits limits) {
    this.delivered = applied;
    this.limits = limits;
  }

  /** Takes in a write that arrived. What it makes deliverable is in {@link #takeDeliverable()}. */
  public Admission offer(Write write) {
    if (delivered.covers(write.dot()) || isHeld(write.dot())) {
      return Admission.DUPLICATE;
    }
    return write.isDeliverableAt(delivered) ? admitDeliverable(write) : admitBlocked(write);
  }

  /**
   * The store has applied this much: own writes among it may be what others wait for, and what was
   * handed over makes room.
   */
  public void applied(VersionVector applied) {
    while (!handedOver.isEmpty() && applied.covers(handedOver.peek().dot())) {
      handedOverBytes -= handedOver.remove().bytes();
    }
    List<Dot> news = new ArrayList<>();
    for (Dot last : applied.entries()) {
      if (!delivered.covers(last)) {
        news.add(last);
      }
    }
    // All of it is forgotten before anything is looked at again: else one entry's progress would
    // hand over a write that another entry says is applied.
    news.forEach(this::discardThrough);
    news.forEach(this::reach);
  }

  /**
   * Generations were retired: what is none of their writes any more is dropped, and whatever waits
   * for such a write is looked at again.
   *
   * @param excluded what is to be dropped
   * @param ended what nothing waits for any more
   */
  public void retire(Retirement excluded, Retirement ended) {
    List.copyOf(origins.keySet()).forEach(origin -> discardBehind(origin, excluded));
    origins.values().forEach(queue -> queue.replaceAll(write -> write.cappedBy(ended)));
    waiting = new DotIndex<>();
    Deque<Dot> reached = new ArrayDeque<>();
    List.copyOf(origins.keySet()).forEach(origin -> releaseFrom(origin, reached));
    reach(reached);
  }

  /** The writes that became deliverable since the last call, in causal order. */
  public List<Write> takeDeliverable() {
    List<Write> taken = deliverable;
    deliverable = new ArrayList<>();
    return taken;
  }

  /** Everything handed over or applied. */
  public VersionVector delivered() {
    return delivered;
  }

  /**
   * Everything that need not be sent here again: handed over, or held without a gap in its origin's
   * sequence.
   */
  public VersionVector received() {
    VersionVector received = delivered;
    for (Map.Entry<Replica, OriginQueue> origin : origins.entrySet()) {
      if (origin.getValue().contiguousTo() > 0) {
        received = received.with(new Dot(origin.getKey(), origin.getValue().contiguousTo()));
      }
    }
    return received;
  }

  /**
   * The held writes that follow a gap, one for each origin that has a gap: the sequences between
   * {@link #received()} and it are missing.
   */
  public VersionVector behindGaps() {
    List<Dot> dots = new ArrayList<>();
    origins.forEach(
        (origin, queue) ->
            queue.behindGap().ifPresent(sequence -> dots.add(new Dot(origin, sequence))));
    return VersionVector.of(dots);
  }

  /** The bases that held writes wait for, and nothing else. */
  public VersionVector awaitedBases() {
    return VersionVector.of(waiting.bases());
  }

  public int heldWrites() {
    return heldWrites;
  }

  public long heldBytes() {
    return heldBytes;
  }

  /**
   * The held writes, by origin and sequence, with what each waits for.
   *
   * @param limit at most this many
   */
  public List<Blocked> blocked(int limit) {
    return origins.values().stream()
        .flatMap(queue -> queue.writes(limit).stream())
        .limit(limit)
        .map(write -> new Blocked(write, waitsFor(write)))
        .toList();
  }

  private boolean isHeld(Dot dot) {
    OriginQueue queue = origins.get(dot.replica());
    return queue != null && queue.contains(dot.sequence());
  }

  /** Next and deliverable: admitted however full the buffer is, or the buffer could never drain. */
  private Admission admitDeliverable(Write write) {
    if (handedOverBytes > limits.handedOverBytes()) {
      return Admission.REFUSED;
    }
    handOver(write, write.heapBytes());
    reach(write.dot());
    return Admission.ADMITTED;
  }

  private Admission admitBlocked(Write write) {
    long bytes = write.heapBytes();
    if (heldWrites >= limits.writes() || heldBytes + bytes > limits.bytes()) {
      return Admission.REFUSED;
    }
    heldWrites++;
    heldBytes += bytes;
    Replica origin = write.origin();
    origins.computeIfAbsent(origin, o -> new OriginQueue(delivered.get(o))).add(write, bytes);
    if (isNext(write)) {
      waiting.add(waitsFor(write), write.dot());
    }
    return Admission.ADMITTED;
  }

  private boolean isNext(Write write) {
    return write.dot().sequence() == delivered.get(write.origin()) + 1;
  }

  private Dot waitsFor(Write write) {
    if (!isNext(write)) {
      return new Dot(write.origin(), write.dot().sequence() - 1);
    }
    return delivered
        .firstMissing(write.dependencies())
        .orElseThrow(
            () -> new IllegalStateException(write.dot() + " waits for nothing at " + delivered));
  }

  /**
   * Everything up to the dot is delivered now: looks again at whatever waited for that, and so on.
   */
  private void reach(Dot dot) {
    if (heldWrites == 0 && waiting.isEmpty()) {
      delivered = delivered.with(dot);
      return;
    }
    Deque<Dot> reached = new ArrayDeque<>();
    reached.add(dot);
    reach(reached);
  }

  private void reach(Deque<Dot> reached) {
    while (!reached.isEmpty()) {
      Dot next = reached.remove();
      markDelivered(next);
      releaseFrom(next.replica(), reached);
      for (Dot waiter : waiting.release(next)) {
        releaseFrom(waiter.replica(), reached);
      }
    }
  }

  /**
   * Hands over what the origin has here next, write after write, until one has to wait. Each looks
   * at the same vector, in which all of its own origin is delivered: so nothing is copied for each
   * write, and the processor fetches the next ones while it looks at the first.
   */
  private void releaseFrom(Replica origin, Deque<Dot> reached) {
    OriginQueue queue = origins.get(origin);
    if (queue == null) {
      return;
    }
    long last = delivered.get(origin);
    VersionVector others = delivered.with(new Dot(origin, Dot.MAX_SEQUENCE));
    Write next = queue.get(last + 1);
    while (next != null && others.covers(next.dependencies())) {
      last++;
      handOver(next, release(queue, origin, last));
      next = queue.get(last + 1);
    }
    if (last > delivered.get(origin)) {
      Dot released = new Dot(origin, last);
      delivered = delivered.with(released);
      reached.add(released);
    }
    if (next != null) {
      waiting.add(waitsFor(next), next.dot());
    }
  }

  /** Forgets held writes that reached the store on another way. */
  private void discardThrough(Dot last) {
    if (last.isBase()) {
      Replica end = new Replica(last.replica().name(), last.sequence());
      List.copyOf(origins.subMap(last.replica(), end).keySet())
          .forEach(origin -> discardThrough(new Dot(origin, Dot.MAX_SEQUENCE)));
      return;
    }
    OriginQueue queue = origins.get(last.replica());
    if (queue != null) {
      queue.through(last.sequence()).forEach(write -> release(queue, write));
    }
  }

  private void discardBehind(Replica origin, Retirement excluded) {
    if (excluded.includes(origin)) {
      OriginQueue queue = origins.get(origin);
      queue.cut(excluded.last(origin)).forEach(write -> release(queue, write));
    }
  }

  private void markDelivered(Dot dot) {
    delivered = delivered.with(dot);
    OriginQueue queue = origins.get(dot.replica());
    if (queue != null) {
      queue.delivered(dot.sequence());
    }
  }

  private void release(OriginQueue queue, Write write) {
    release(queue, write.origin(), write.dot().sequence());
  }

  /** Takes a held write out, and returns what it counted. */
  private long release(OriginQueue queue, Replica origin, long sequence) {
    long bytes = queue.remove(sequence);
    heldWrites--;
    heldBytes -= bytes;
    if (queue.isEmpty()) {
      origins.remove(origin);
    }
    return bytes;
  }

  private void handOver(Write write, long bytes) {
    handedOver.add(new HandedOver(write.dot(), bytes));
    handedOverBytes += bytes;
    deliverable.add(write);
  }
}
