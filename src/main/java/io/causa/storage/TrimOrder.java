package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which write leaves a full log next: first what is causally stable, because every member has it;
 * then the rest; in both the oldest by Lamport time.
 *
 * <p>So what goes is causally closed: no write stays whose effect went before it. Lamport order
 * extends causality, and a cause of what is stable is stable.
 */
final class TrimOrder {

  /** The oldest write of an origin, as far as trimming needs to know it. */
  record Head(Dot dot, LamportTimestamp timestamp, int sizeBytes) {
    static Head of(Write write) {
      return new Head(write.dot(), write.timestamp(), write.sizeBytes());
    }
  }

  private TrimOrder() {}

  /**
   * The next to go.
   *
   * @param heads the oldest write of each origin
   * @param stable what every member has applied
   */
  static Optional<Head> next(Collection<Head> heads, VersionVector stable) {
    Comparator<Head> order = firstToGo(stable);
    Head next = null;
    for (Head head : heads) {
      if (next == null || order.compare(head, next) < 0) {
        next = head;
      }
    }
    return Optional.ofNullable(next);
  }

  /**
   * Orders the oldest writes of origins by which one goes first.
   *
   * @param stable what every member has applied
   */
  static Comparator<Head> firstToGo(VersionVector stable) {
    return (head, other) -> {
      boolean isStable = stable.covers(head.dot());
      return isStable == stable.covers(other.dot())
          ? head.timestamp().compareTo(other.timestamp())
          : isStable ? -1 : 1;
    };
  }

  /** The oldest of those that are not younger than the limit of age. */
  static Optional<Head> nextExpired(Collection<Head> heads, VersionVector expired) {
    return heads.stream()
        .filter(head -> expired.covers(head.dot()))
        .min(Comparator.comparing(Head::timestamp));
  }
}
