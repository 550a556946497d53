package io.causa.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which event happened before which, as far as the clients' own observations tell: each client's
 * requests in their order, each read after the write whose version it returned, each request after
 * the answer whose context it carried; and what follows from these (Lamport 1978; Bouajjani et al.,
 * "On Verifying Causal Consistency", POPL 2017, for the shape of the checks).
 *
 * <p>Writes of one client form a chain; what an event knows is one count a chain. A write whose
 * answer never came is a chain of its own. So the cost is near linear in the events, times the
 * number of clients that write.
 *
 * <p>Events are named by their index in {@link #events()}.
 */
final class Causality {
  private static final int INITIAL_CHAIN = 0;

  private final List<HistoryEvent> events;
  private final Predecessors predecessors;
  private final Sources sources;
  private final List<Violation> violations = new ArrayList<>();

  private final Map<String, Integer> chainOfClient = new HashMap<>();
  private final List<Integer> chainLengths = new ArrayList<>();
  private final int[] chain;
  private final int[] position;
  private final Past[] past;
  private final Map<String, KeyWrites> writes = new HashMap<>();
  private final Map<String, KeyWrites> deletes = new HashMap<>();

  Causality(List<HistoryEvent> history) {
    events =
        history.stream()
            .sorted(
                Comparator.comparing((HistoryEvent e) -> e.operation() != Operation.INITIAL)
                    .thenComparingLong(HistoryEvent::startNanos)
                    .thenComparingLong(HistoryEvent::endNanos))
            .toList();
    predecessors = new Predecessors(events);
    sources = new Sources(events);
    violations.addAll(sources.violations());
    chain = new int[events.size()];
    position = new int[events.size()];
    past = new Past[events.size()];
    assignChains();
    computePasts();
  }

  /** All events, the initial ones first, then by their start. */
  List<HistoryEvent> events() {
    return events;
  }

  HistoryEvent event(int index) {
    return events.get(index);
  }

  /** What is wrong with the history already: reads of what nobody wrote, and circles. */
  List<Violation> violations() {
    return violations;
  }

  /**
   * The writing event for each access of a read, {@link Sources#UNKNOWN} or {@link
   * Sources#NO_WRITE}.
   */
  int[] sourcesOf(int event) {
    return sources.of(event);
  }

  /** The answers of clients that the event follows directly, its own client's among them. */
  List<Integer> answersBefore(int event) {
    return predecessors.of(event);
  }

  /** The writes that happened before the event; not itself. */
  Past past(int event) {
    return past[event];
  }

  /** The writes that an observer of this event has in its past. */
  Past pastAndSelf(int event) {
    return isWrite(event) ? past[event].join(Past.of(chain[event], position[event])) : past[event];
  }

  boolean isWrite(int event) {
    return events.get(event).mayHaveWritten();
  }

  /** Whether the write happened before the other event. */
  boolean precedes(int write, int event) {
    return write != event && past[event].count(chain[write]) >= position[write];
  }

  /** The chain of a write. */
  int chain(int write) {
    return chain[write];
  }

  /** The place of a write in its chain, from 1. */
  int position(int write) {
    return position[write];
  }

  /** Puts and deletes of the key. */
  KeyWrites writesOf(String key) {
    return writes.getOrDefault(key, KeyWrites.NONE);
  }

  /** Deletes of the key, and its absence at the beginning. */
  KeyWrites deletesOf(String key) {
    return deletes.getOrDefault(key, KeyWrites.NONE);
  }

  private void assignChains() {
    chainLengths.add(0);
    for (int i = 0; i < events.size(); i++) {
      if (isWrite(i)) {
        chain[i] = chainFor(events.get(i));
        position[i] = chainLengths.get(chain[i]) + 1;
        chainLengths.set(chain[i], position[i]);
        indexByKey(i);
      }
    }
  }

  private int chainFor(HistoryEvent write) {
    if (write.operation() == Operation.INITIAL) {
      return INITIAL_CHAIN;
    }
    return write.outcome().known()
        ? chainOfClient.computeIfAbsent(write.client(), x -> newChain())
        : newChain();
  }

  private int newChain() {
    chainLengths.add(0);
    return chainLengths.size() - 1;
  }

  private void indexByKey(int event) {
    for (Access access : Set.copyOf(events.get(event).accesses())) {
      add(writes, access.key(), event);
      if (access.value() == null) {
        add(deletes, access.key(), event);
      }
    }
  }

  private void add(Map<String, KeyWrites> index, String key, int event) {
    index.computeIfAbsent(key, x -> new KeyWrites()).add(chain[event], position[event], event);
  }

  private void computePasts() {
    List<List<Integer>> causes =
        IntStream.range(0, events.size()).mapToObj(this::causesOf).toList();
    for (int event : TopologicalOrder.of(causes)) {
      past[event] = joinOf(event, causes.get(event));
    }
    reportCircle();
  }

  /**
   * What the event follows directly: its client's answer before it, the answer whose context it
   * carried, and the writes that it read.
   */
  List<Integer> causesOf(int event) {
    List<Integer> causes = predecessors.of(event);
    for (int source : sources.of(event)) {
      if (Sources.isKnown(source) && !causes.contains(source)) {
        causes.add(source);
      }
    }
    return causes;
  }

  private Past joinOf(int event, List<Integer> causes) {
    int initial = chainLengths.get(INITIAL_CHAIN);
    boolean isInitial = events.get(event).operation() == Operation.INITIAL;
    Past joined = isInitial || initial == 0 ? Past.NOTHING : Past.of(INITIAL_CHAIN, initial);
    for (int cause : causes) {
      joined = pastAndSelf(cause).join(joined);
    }
    return joined;
  }

  private void reportCircle() {
    int[] stuck = IntStream.range(0, events.size()).filter(i -> past[i] == null).toArray();
    if (stuck.length > 0) {
      violations.add(
          new Violation(
              "causal-order",
              "causes and effects run in a circle through " + stuck.length + " events",
              events.get(stuck[0]),
              events.get(stuck[stuck.length - 1])));
      Arrays.stream(stuck).forEach(i -> past[i] = Past.NOTHING);
    }
  }
}
