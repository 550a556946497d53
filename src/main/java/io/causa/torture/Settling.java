package io.causa.torture;

import io.causa.client.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Waits, when all faults are over, until the nodes agree: one clock, and nothing that waits.
 *
 * <p>What may wait forever is only what depends on a write that was lost together with the memory
 * of every node that had it.
 */
final class Settling {
  private static final long POLL_MILLIS = 50;

  /**
   * How it ended.
   *
   * @param problem what keeps the nodes from agreeing; empty if they agree
   * @param nanos how long that took
   * @param stranded how many received writes and held requests wait for what is lost
   * @param clock what some node has applied, in all
   */
  record Result(Optional<String> problem, long nanos, long stranded, Clock clock) {}

  private final StatusPoll poll;
  private final Fleet fleet;

  Settling(StatusPoll poll) {
    this.poll = poll;
    this.fleet = poll.fleet();
  }

  Result await(long mostMillis) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Map<String, NodeStatus> statuses = poll.ask(fleet.all());
      List<String> reasons = disagreements(statuses);
      long nanos = System.nanoTime() - start;
      if (reasons.isEmpty()) {
        return new Result(Optional.empty(), nanos, waiting(statuses), together(statuses));
      }
      if (nanos > TimeUnit.MILLISECONDS.toNanos(mostMillis)) {
        String text = "the nodes do not agree after %,d ms: ".formatted(mostMillis);
        String problem = text + String.join("; ", reasons);
        return new Result(Optional.of(problem), nanos, 0, together(statuses));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private Clock together(Map<String, NodeStatus> statuses) {
    return statuses.values().stream()
        .flatMap(status -> poll.generations().clock(status).stream())
        .reduce(Clock.ZERO, Clock::join);
  }

  private static long waiting(Map<String, NodeStatus> statuses) {
    return statuses.values().stream().mapToLong(s -> s.bufferedWrites() + s.heldRequests()).sum();
  }

  private List<String> disagreements(Map<String, NodeStatus> statuses) {
    List<String> reasons = new ArrayList<>();
    Clock all = Clock.ZERO;
    for (Fleet.Node node : fleet.all()) {
      NodeStatus status = statuses.get(node.name());
      Optional<Clock> clock = Optional.ofNullable(status).flatMap(poll.generations()::clock);
      if (clock.isEmpty()) {
        reasons.add(node.name() + " tells no clock" + (status == null ? "" : ": " + status.vc()));
      } else {
        all = all.join(clock.get());
      }
    }
    if (reasons.isEmpty()) {
      for (NodeStatus status : statuses.values()) {
        judge(status, all, statuses, reasons);
      }
    }
    return reasons;
  }

  private void judge(
      NodeStatus status, Clock all, Map<String, NodeStatus> statuses, List<String> reasons) {
    Clock clock = poll.generations().clock(status).orElseThrow();
    if (!status.ready()) {
      reasons.add(status.id() + " is not ready");
    }
    if (!clock.covers(all)) {
      reasons.add("%s has %s of %s".formatted(status.id(), clock, all));
    }
    Set<String> living =
        statuses.values().stream().map(NodeStatus::replica).collect(Collectors.toSet());
    for (NodeStatus.Waiting write : status.buffered()) {
      if (!isLost(write.waitsFor(), status, all, living)) {
        reasons.add(status.id() + " buffers a write that waits for " + write.waitsFor());
      }
    }
    for (NodeStatus.Held request : status.held()) {
      if (!isLost(request.waitsFor(), status, all, living)) {
        reasons.add(status.id() + " holds a request that waits for " + request.waitsFor());
      }
    }
    if (fleet.isDurable() && status.bufferedWrites() + status.heldRequests() > 0) {
      reasons.add(status.id() + " still holds something back");
    }
  }

  /** Whether nobody has that write, and whoever made it is no more. */
  private boolean isLost(String version, NodeStatus status, Clock all, Set<String> living) {
    int colon = version.lastIndexOf(':');
    Optional<String> replica = poll.generations().full(version.substring(0, colon), status);
    long sequence = Long.parseLong(version.substring(colon + 1));
    return !fleet.isDurable()
        && replica.isPresent()
        && !living.contains(replica.get())
        && all.of(replica.get()) < sequence;
  }
}
