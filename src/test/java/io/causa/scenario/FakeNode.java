package io.causa.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A causal replica as simple as can be: it looks at everything, always. Guarded by its cluster's
 * lock.
 */
final class FakeNode {
  record FakeWrite(
      String origin, long number, long lamport, String key, String value, Map<String, Long> deps) {
    String version() {
      return origin + ":" + number;
    }
  }

  final String name;
  final Flaw flaw;
  final Map<String, Long> vc = new TreeMap<>();
  final Map<String, FakeWrite> store = new TreeMap<>();
  final Map<String, List<FakeWrite>> losers = new HashMap<>();
  final List<FakeWrite> applied = new ArrayList<>();
  final List<FakeWrite> buffered = new ArrayList<>();
  final Set<String> known = new HashSet<>();
  final List<String> held = new ArrayList<>();
  final Map<String, String> heldFor = new HashMap<>();
  long lamport;
  int parked;

  FakeNode(String name, Flaw flaw) {
    this.name = name;
    this.flaw = flaw;
  }

  FakeWrite write(String key, String value) {
    long number = vc.getOrDefault(name, 0L) + 1;
    boolean reuse = flaw == Flaw.REUSES_VERSIONS && number % 2 == 0;
    Map<String, Long> deps = new LinkedHashMap<>(vc);
    FakeWrite write = new FakeWrite(name, number, lamport + 1, key, value, deps);
    known.add(write.version());
    apply(write);
    return reuse ? new FakeWrite(name, number - 1, lamport, key, value, deps) : write;
  }

  void receive(FakeWrite write) {
    if (known.add(write.version())) {
      buffered.add(write);
      boolean again = true;
      while (again) {
        List<FakeWrite> next = buffered.stream().filter(this::isDeliverable).limit(1).toList();
        again = !next.isEmpty();
        buffered.removeAll(next);
        next.forEach(this::apply);
      }
    }
  }

  boolean covers(Map<String, Long> context) {
    return flaw == Flaw.FORGETS_CONTEXTS
        || context.entrySet().stream()
            .allMatch(entry -> vc.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
  }

  /** The first write that a buffered one waits for. */
  String waitsFor(FakeWrite write) {
    String missing = missing(write.deps());
    return missing == null ? write.origin() + ":" + (write.number() - 1) : missing;
  }

  /** The first write of a context that is not applied here; null if all are. */
  String missing(Map<String, Long> context) {
    return context.entrySet().stream()
        .filter(entry -> vc.getOrDefault(entry.getKey(), 0L) < entry.getValue())
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .findFirst()
        .orElse(null);
  }

  private boolean isDeliverable(FakeWrite write) {
    return flaw == Flaw.FORGETS_DEPENDENCIES
        || vc.getOrDefault(write.origin(), 0L) == write.number() - 1
            && write.deps().entrySet().stream()
                .allMatch(
                    entry ->
                        entry.getKey().equals(write.origin())
                            || vc.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
  }

  private void apply(FakeWrite write) {
    applied.add(write);
    vc.merge(write.origin(), write.number(), Math::max);
    if (flaw == Flaw.CLOCK_RUNS_AHEAD && !write.origin().equals(name)) {
      vc.merge(name, 1L, Long::sum);
    }
    lamport = Math.max(lamport, write.lamport());
    FakeWrite present = store.get(write.key());
    if (present == null) {
      store.put(write.key(), write);
      return;
    }
    boolean wins = flaw == Flaw.ARRIVAL_WINS || isAfter(write, present);
    FakeWrite loser = wins ? present : write;
    store.put(write.key(), wins ? write : present);
    boolean conflict = write.deps().getOrDefault(present.origin(), 0L) < present.number();
    if (conflict && !present.origin().equals(write.origin()) && flaw != Flaw.HIDES_CONFLICTS) {
      losers.computeIfAbsent(write.key(), x -> new ArrayList<>()).add(loser);
    }
  }

  private static boolean isAfter(FakeWrite one, FakeWrite other) {
    return one.lamport() != other.lamport()
        ? one.lamport() > other.lamport()
        : one.origin().compareTo(other.origin()) > 0;
  }
}
