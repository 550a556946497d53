package io.causa.torture;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Waits until every node has what some node had after a moment: the time it takes to converge, and,
 * after a node has lost its memory, the time for which the next one must keep its own.
 */
final class Recovery {
  private final StatusPoll poll;
  private final Fleet fleet;
  private boolean isOpen;
  private long beginNanos;
  private Clock target;

  Recovery(StatusPoll poll) {
    this.poll = poll;
    this.fleet = poll.fleet();
  }

  void begin(long nowNanos) {
    isOpen = true;
    beginNanos = nowNanos;
    target = null;
  }

  void cancel() {
    isOpen = false;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Looks whether it is over; the nanoseconds it took, exactly once. */
  OptionalLong look() throws InterruptedException {
    if (!isOpen || !fleet.in(Fleet.State.PAUSED).isEmpty()) {
      return OptionalLong.empty();
    }
    Optional<Map<String, Clock>> clocks = poll.clocks(fleet.in(Fleet.State.UP));
    if (clocks.isEmpty()) {
      return OptionalLong.empty();
    }
    if (target == null) {
      target = clocks.get().values().stream().reduce(Clock.ZERO, Clock::join);
    }
    boolean reached =
        fleet.allUp()
            && clocks.get().size() == fleet.all().size()
            && clocks.get().values().stream().allMatch(clock -> clock.covers(target));
    isOpen = !reached;
    return reached ? OptionalLong.of(System.nanoTime() - beginNanos) : OptionalLong.empty();
  }
}
