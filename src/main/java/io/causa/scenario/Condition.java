package io.causa.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
