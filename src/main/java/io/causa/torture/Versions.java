package io.causa.torture;

import io.causa.client.Marks;
import io.causa.client.ReplicaText;
import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Versions in a form that means the same forever. A node prints the bare name of a replica while it
 * knows one generation of it only, so {@code node1:17} of today may be another write than that of
 * yesterday. Entity tags have the full form; where there is none, a value that was written once
 * leads to it. Thread-safe.
 */
final class Versions {
  private final Map<String, String> replicas;
  private final Map<String, String> byValue = new ConcurrentHashMap<>();

  /**
   * @param replicas the full form of each bare name, if that never changes; otherwise empty
   */
  Versions(Map<String, String> replicas) {
    this.replicas = Map.copyOf(replicas);
  }

  /** One written key; the version is null if the write was not acknowledged. */
  Access written(Access asked, Marks marks, boolean acknowledged) {
    String version = acknowledged ? marks.fullVersion() : null;
    remember(asked.value(), version);
    return new Access(asked.key(), asked.value(), version);
  }

  /** One read key; its version stays as it was printed if it cannot be told for sure by now. */
  Access shown(String key, String value, String printed, String full) {
    remember(value, full);
    return new Access(key, value, full != null ? full : unambiguous(printed));
  }

  /**
   * The same in the end, when all answers have arrived: with a full version, or with none if it
   * cannot be told for sure.
   *
   * @param read what showed it
   * @param deletes of the whole run
   */
  Access completed(Access access, HistoryEvent read, Deletes deletes) {
    if (access.version() != null && ReplicaText.isFull(access.version())) {
      return access;
    }
    String full = null;
    if (access.value() != null) {
      full = byValue.get(access.value());
    } else if (access.version() != null) {
      full = deletes.meant(access, read);
    }
    return new Access(access.key(), access.value(), full);
  }

  /** The version as a node prints it that knows one generation of its replica's name only. */
  static String bare(String full) {
    return ReplicaText.isFull(full)
        ? ReplicaText.name(full) + full.substring(full.lastIndexOf(':'))
        : full;
  }

  private void remember(String value, String full) {
    if (value != null && full != null) {
      byValue.put(value, full);
    }
  }

  private String unambiguous(String printed) {
    int colon = printed == null ? -1 : printed.lastIndexOf(':');
    if (colon < 0 || ReplicaText.isFull(printed)) {
      return printed;
    }
    String replica = replicas.get(printed.substring(0, colon));
    return replica == null ? printed : replica + printed.substring(colon);
  }
}
