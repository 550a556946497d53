package io.causa.simulation.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A write as some node has it.
 *
 * @param values what each key becomes; null for a delete
 */
public record Fact(Name name, long lamport, Map<String, String> values) {
  public Fact {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
