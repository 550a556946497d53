package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.CausalBuffer.Admission;
import io.causa.core.CausalBuffer.Blocked;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The causal buffer as one would write it on a blackboard: lists that are searched from end to end,
 * again and again. The twin that {@link CausalBuffer} must agree with. Also measured against it.
 */
public final class NaiveBuffer {

  private final CausalBuffer.Limits limits;
  private final List<Write> held = new ArrayList<>();
  private final List<Write> handedOver = new ArrayList<>();
  private List<Write> deliverable = new ArrayList<>();
  private VersionVector delivered;

  public NaiveBuffer(VersionVector applied, CausalBuffer.Limits limits) {
    this.delivered = applied;
    this.limits = limits;
  }

  public Admission offer(Write write) {
    if (delivered.covers(write.dot())
        || held.stream().anyMatch(other -> other.dot().equals(write.dot()))) {
      return Admission.DUPLICATE;
    }
    if (isRefused(write)) {
      return Admission.REFUSED;
    }
    held.add(write);
    rescan();
    return Admission.ADMITTED;
  }

  public void applied(VersionVector applied) {
    handedOver.removeIf(write -> applied.covers(write.dot()));
    held.removeIf(write -> applied.covers(write.dot()));
    delivered = delivered.join(applied);
    rescan();
  }

  public List<Write> takeDeliverable() {
    List<Write> taken = deliverable;
    deliverable = new ArrayList<>();
    return taken;
  }

  VersionVector delivered() {
    return delivered;
  }

  VersionVector received() {
    VersionVector received = delivered;
    for (Replica origin : origins()) {
      Dot next = new Dot(origin, received.get(origin) + 1);
      for (; isHeld(next); next = next.next()) {
        received = received.with(next);
      }
    }
    return received;
  }

  VersionVector behindGaps() {
    VersionVector received = received();
    List<Dot> behind = new ArrayList<>();
    for (Replica origin : origins()) {
      held.stream()
          .map(Write::dot)
          .filter(dot -> dot.replica().equals(origin) && !received.covers(dot))
          .min(Dot::compareTo)
          .ifPresent(behind::add);
    }
    return VersionVector.of(behind);
  }

  int heldWrites() {
    return held.size();
  }

  long heldBytes() {
    return bytesOf(held);
  }

  List<Blocked> blocked(int limit) {
    return held.stream()
        .sorted((a, b) -> a.dot().compareTo(b.dot()))
        .limit(limit)
        .map(write -> new Blocked(write, waitsFor(write)))
        .toList();
  }

  private boolean isRefused(Write write) {
    if (write.isDeliverableAt(delivered)) {
      return bytesOf(handedOver) > limits.handedOverBytes();
    }
    return held.size() >= limits.writes() || heldBytes() + write.heapBytes() > limits.bytes();
  }

  private void rescan() {
    Optional<Write> next = nextDeliverable();
    while (next.isPresent()) {
      held.remove(next.get());
      handedOver.add(next.get());
      deliverable.add(next.get());
      delivered = delivered.with(next.get().dot());
      next = nextDeliverable();
    }
  }

  private Optional<Write> nextDeliverable() {
    return held.stream().filter(write -> write.isDeliverableAt(delivered)).findFirst();
  }

  private Dot waitsFor(Write write) {
    Dot previous = new Dot(write.origin(), Math.max(1, write.dot().sequence() - 1));
    boolean isFirst = write.dot().sequence() == 1;
    return isFirst || delivered.covers(previous)
        ? delivered.firstMissing(write.dependencies()).orElseThrow()
        : previous;
  }

  private boolean isHeld(Dot dot) {
    return held.stream().anyMatch(write -> write.dot().equals(dot));
  }

  private Iterable<Replica> origins() {
    TreeSet<Replica> origins = new TreeSet<>();
    held.forEach(write -> origins.add(write.origin()));
    return origins;
  }

  private static long bytesOf(List<Write> writes) {
    return writes.stream().mapToLong(Write::heapBytes).sum();
  }
}
