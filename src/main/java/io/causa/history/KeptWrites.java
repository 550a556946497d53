package io.causa.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must outlive nodes that keep nothing on disk and are killed. A node that comes back without
 * its memory stands in the history under another name, so a node that is read at the end never lost
 * any.
 */
final class KeptWrites {
  private final Causality causality;

  private KeptWrites(Causality causality) {
    this.causality = causality;
  }

  /** What a node that is there at the end ever acknowledged or showed, and what that follows. */
  static Check bySurvivors() {
    return causality ->
        new FinalReads(
                causality,
                "kept-by-survivors",
                "a node that never lost its memory had acknowledged or shown a newer version")
            .judge(ofSurvivors(causality));
  }

  /**
   * What two nodes had at one time, and what that follows. Holds if, after a node lost its memory,
   * the next one does so only when all others hold what was left; whoever kills nodes must see to
   * that.
   */
  static Check byTwo() {
    return causality ->
        new FinalReads(causality, "kept-by-two", "two nodes had a newer version at one time")
            .judge(new KeptWrites(causality).ofTwo());
  }

  /** What every node must have applied when all has settled. */
  static Past ofSurvivors(Causality causality) {
    return new KeptWrites(causality).ofSurvivors();
  }

  private Past ofSurvivors() {
    Set<String> survivors = new HashSet<>();
    for (HistoryEvent event : causality.events()) {
      if (event.operation() == Operation.FINAL) {
        survivors.add(event.node());
      }
    }
    Past kept = Past.NOTHING;
    for (int i = 0; i < causality.events().size(); i++) {
      if (survivors.contains(causality.event(i).node())) {
        kept = kept.join(held(i));
      }
    }
    return kept;
  }

  /** What the node that answered had applied by then, as far as the answer tells. */
  private Past held(int event) {
    Past held = Past.NOTHING;
    for (int write : shown(event)) {
      held = held.join(causality.pastAndSelf(write));
    }
    return held;
  }

  private List<Integer> shown(int event) {
    if (!causality.event(event).outcome().known()) {
      return List.of();
    }
    if (causality.isWrite(event)) {
      return List.of(event);
    }
    return Arrays.stream(causality.sourcesOf(event)).filter(Sources::isKnown).boxed().toList();
  }

  private Past ofTwo() {
    Map<Integer, Map<String, Long>> holders = holders();
    Map<String, Long> lastSigns = lastSignsOfLife();
    Past kept = Past.NOTHING;
    for (Map.Entry<Integer, Map<String, Long>> write : holders.entrySet()) {
      Integer acks = causality.event(write.getKey()).acks();
      if (acks != null && acks > 0 || heldAtOneTime(write.getValue(), lastSigns)) {
        kept = kept.join(causality.pastAndSelf(write.getKey()));
      }
    }
    return kept;
  }

  /** For each write, when each node first was known to have it. */
  private Map<Integer, Map<String, Long>> holders() {
    Map<Integer, Map<String, Long>> holders = new HashMap<>();
    for (int i = 0; i < causality.events().size(); i++) {
      HistoryEvent event = causality.event(i);
      for (int write : event.operation() == Operation.INITIAL ? List.<Integer>of() : shown(i)) {
        holders
            .computeIfAbsent(write, x -> new HashMap<>())
            .merge(event.node(), event.endNanos(), Math::min);
      }
    }
    return holders;
  }

  /** For each node, when the last request was sent that it answered. */
  private Map<String, Long> lastSignsOfLife() {
    Map<String, Long> signs = new HashMap<>();
    for (HistoryEvent event : causality.events()) {
      if (event.outcome().known()) {
        signs.merge(event.node(), event.startNanos(), Math::max);
      }
    }
    return signs;
  }

  /** Whether some node that had it still lived when another was first known to have it, too. */
  private static boolean heldAtOneTime(Map<String, Long> since, Map<String, Long> lastSigns) {
    long last = since.values().stream().max(Long::compare).orElse(Long.MAX_VALUE);
    long second = since.values().stream().sorted().skip(1).findFirst().orElse(last);
    return since.size() > 1
        && since.entrySet().stream()
            .filter(holder -> holder.getValue() <= second)
            .allMatch(holder -> lastSigns.get(holder.getKey()) >= second);
  }
}
