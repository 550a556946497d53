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
import java.util.Optional;
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

  private final Limits limits;
  private final SortedMap<Replica, OriginQueue> origins = new TreeMap<>();
  private DotIndex<Dot> waiting = new DotIndex<>();
  private final Deque<Write> handedOver = new ArrayDeque<>();
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
      handedOverBytes -= handedOver.remove().heapBytes();
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
    for (Replica origin : List.copyOf(origins.keySet())) {
      nextOf(origin).ifPresent(write -> look(write, reached));
    }
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
        .flatMap(queue -> queue.writes().stream())
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
    handOver(write);
    reach(write.dot());
    return Admission.ADMITTED;
  }

  private Admission admitBlocked(Write write) {
    if (heldWrites >= limits.writes() || heldBytes + write.heapBytes() > limits.bytes()) {
      return Admission.REFUSED;
    }
    heldWrites++;
    heldBytes += write.heapBytes();
    Replica origin = write.origin();
    origins.computeIfAbsent(origin, o -> new OriginQueue(delivered.get(o))).add(write);
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
    Deque<Dot> reached = new ArrayDeque<>();
    reached.add(dot);
    reach(reached);
  }

  private void reach(Deque<Dot> reached) {
    while (!reached.isEmpty()) {
      Dot next = reached.remove();
      markDelivered(next);
      nextOf(next.replica()).ifPresent(write -> look(write, reached));
      for (Dot waiter : waiting.release(next)) {
        held(waiter).ifPresent(write -> look(write, reached));
      }
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
      queue.through(last.sequence()).forEach(this::release);
    }
  }

  private void discardBehind(Replica origin, Retirement excluded) {
    if (excluded.includes(origin)) {
      origins.get(origin).cut(excluded.last(origin)).forEach(this::release);
    }
  }

  private void markDelivered(Dot dot) {
    delivered = delivered.with(dot);
    OriginQueue queue = origins.get(dot.replica());
    if (queue != null) {
      queue.delivered(dot.sequence());
    }
  }

  private Optional<Write> nextOf(Replica origin) {
    return held(new Dot(origin, delivered.get(origin) + 1));
  }

  private Optional<Write> held(Dot dot) {
    OriginQueue queue = origins.get(dot.replica());
    return queue == null ? Optional.empty() : queue.get(dot.sequence());
  }

  private void look(Write write, Deque<Dot> reached) {
    if (write.isDeliverableAt(delivered)) {
      release(write);
      handOver(write);
      delivered = delivered.with(write.dot());
      reached.add(write.dot());
    } else if (isNext(write)) {
      waiting.add(waitsFor(write), write.dot());
    }
  }

  private void release(Write write) {
    heldWrites--;
    heldBytes -= write.heapBytes();
    OriginQueue queue = origins.get(write.origin());
    queue.remove(write.dot().sequence());
    if (queue.isEmpty()) {
      origins.remove(write.origin());
    }
  }

  private void handOver(Write write) {
    handedOver.add(write);
    handedOverBytes += write.heapBytes();
    deliverable.add(write);
  }
}
