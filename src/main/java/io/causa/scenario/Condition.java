package io.causa.scenario;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a node must show. Empty and null parts ask for nothing. Counts are relative to the start of
 * the scenario.
 *
 * @param values keys and their values; a value that this scenario wrote must also be in the version
 *     that it wrote
 * @param absent keys without a value
 * @param unchanged keys that show what they did when the scenario began
 * @param clock how many writes of each node are applied here since the start; a node not named has
 *     none
 * @param buffered how many writes wait for another
 * @param waitsFor a write that one of them waits for
 * @param heldRequests how many clients' writes are held
 * @param conflicts for each key, values that lost against the visible one
 * @param winner keys whose visible version has the highest (Lamport timestamp, origin) of all
 *     concurrent ones
 * @param ready whether the node serves requests
 */
record Condition(
    Map<String, String> values,
    List<String> absent,
    List<String> unchanged,
    Map<String, Long> clock,
    Long buffered,
    Map<String, Long> waitsFor,
    Long heldRequests,
    Map<String, List<String>> conflicts,
    List<String> winner,
    Boolean ready) {

  /** The same with other names for the keys. */
  Condition withKeys(UnaryOperator<String> name) {
    return new Condition(
        renamed(values, name),
        absent.stream().map(name).toList(),
        unchanged.stream().map(name).toList(),
        clock,
        buffered,
        waitsFor,
        heldRequests,
        renamed(conflicts, name),
        winner.stream().map(name).toList(),
        ready);
  }

  /** The order of the keys is the order in which they are read. */
  private static <T> Map<String, T> renamed(Map<String, T> map, UnaryOperator<String> name) {
    Map<String, T> renamed = new LinkedHashMap<>();
    map.forEach((key, value) -> renamed.put(name.apply(key), value));
    return renamed;
  }

  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(values.keySet());
    keys.addAll(absent);
    keys.addAll(unchanged);
    keys.addAll(conflicts.keySet());
    keys.addAll(winner);
    return keys;
  }

  boolean asksForStatus() {
    return !clock.isEmpty()
        || buffered != null
        || !waitsFor.isEmpty()
        || heldRequests != null
        || ready != null;
  }

  boolean isEmpty() {
    return keys().isEmpty() && !asksForStatus();
  }
}
