package io.causa.torture;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many writes of each replica a node has applied, by the replicas' full names. Entries are
 * positive.
 */
record Clock(Map<String, Long> counts) {
  static final Clock ZERO = new Clock(Map.of());

  Clock {
    counts = Map.copyOf(counts);
  }

  Clock join(Clock other) {
    Map<String, Long> joined = new TreeMap<>(counts);
    other.counts.forEach((replica, count) -> joined.merge(replica, count, Math::max));
    return new Clock(joined);
  }

  boolean covers(Clock other) {
    return other.counts.entrySet().stream().allMatch(e -> of(e.getKey()) >= e.getValue());
  }

  long of(String replica) {
    return counts.getOrDefault(replica, 0L);
  }

  @Override
  public String toString() {
    return new TreeMap<>(counts).toString();
  }
}
