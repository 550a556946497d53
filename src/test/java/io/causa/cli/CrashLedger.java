package io.causa.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node that is killed again and again has acknowledged, and what of it is found later. Every
 * write has a key of its own, so that none can hide another. Thread-safe.
 */
final class CrashLedger {

  /**
   * One acknowledged write.
   *
   * @param answeredNanos when the acknowledgement came, as of {@link System#nanoTime()}
   */
  private record Acknowledged(String version, long answeredNanos) {}

  private final Map<String, Acknowledged> acknowledged = new LinkedHashMap<>();
  private final Map<String, String> keyOfVersion = new HashMap<>();
  private final List<String> cycle = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Long> lost = new LinkedHashMap<>();
  private int unanswered;
  private int unansweredFound;

  /** The next cycle begins: {@link #cycleKeys} starts empty. */
  synchronized void beginCycle() {
    cycle.clear();
  }

  synchronized void acknowledge(String key, String version) {
    acknowledged.put(key, new Acknowledged(version, System.nanoTime()));
    cycle.add(key);
    name(version, key);
  }

  /** A write may have happened: its answer never came. */
  synchronized void unanswered(String key) {
    unanswered++;
    cycle.add(key);
  }

  /**
   * A key was looked for.
   *
   * @param version what is there; null for nothing
   * @param killedNanos when the node was killed last
   */
  synchronized void lookedFor(String key, String version, long killedNanos) {
    Acknowledged expected = acknowledged.get(key);
    if (version != null) {
      name(version, key);
    }
    if (expected == null) {
      unansweredFound += version == null ? 0 : 1;
    } else if (version == null) {
      lost.putIfAbsent(key, killedNanos - expected.answeredNanos());
    } else if (!version.equals(expected.version())) {
      wrong.add("%s was %s and is %s".formatted(key, expected.version(), version));
    }
  }

  private void name(String version, String key) {
    String other = keyOfVersion.putIfAbsent(version, key);
    if (other != null && !other.equals(key)) {
      wrong.add("version %s names both %s and %s".formatted(version, other, key));
    }
  }

  /** The keys that were written in this cycle, acknowledged or not. */
  synchronized List<String> cycleKeys() {
    return List.copyOf(cycle);
  }

  /** The keys of all acknowledged writes. */
  synchronized List<String> acknowledgedKeys() {
    return List.copyOf(acknowledged.keySet());
  }

  /** The figures so far. */
  synchronized CrashReport report(int kills) {
    long spanNanos = lost.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new CrashReport(
        kills,
        acknowledged.size(),
        lost.size(),
        spanNanos / 1_000_000,
        unanswered,
        unansweredFound,
        List.copyOf(wrong));
  }
}
