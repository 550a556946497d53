package io.causa.scenario;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads what a node must show. */
final class ConditionReader {
  private ConditionReader() {}

  /**
   * @param counts reads counts by node and checks the names
   */
  static Condition read(Section section, BiFunction<Section, String, Map<String, Long>> counts) {
    Condition condition =
        new Condition(
            section.map("values", value -> section.textOf("values", value)),
            section.texts("absent"),
            section.texts("unchanged"),
            counts.apply(section, "clock"),
            section.number("buffered", null),
            counts.apply(section, "waitsFor"),
            section.number("heldRequests", null),
            section.map(
                "conflicts", value -> section.list(value, v -> section.textOf("conflicts", v))),
            section.texts("winner"),
            section.flag("ready"));
    if (condition.isEmpty()) {
      throw section.error("it says nothing that must be so, such as values: {x: 5}");
    }
    return condition;
  }

  /** A read of one key: its value, or nothing, or what it was. */
  static Condition ofOneKey(Section section, String key) {
    String value = section.text("value", null);
    boolean absent = Boolean.TRUE.equals(section.flag("absent"));
    boolean unchanged = Boolean.TRUE.equals(section.flag("unchanged"));
    if ((value == null ? 0 : 1) + (absent ? 1 : 0) + (unchanged ? 1 : 0) > 1) {
      throw section.error("of value, absent and unchanged only one can be so");
    }
    return new Condition(
        value == null ? Map.of() : Map.of(key, value),
        absent ? List.of(key) : List.of(),
        unchanged ? List.of(key) : List.of(),
        Map.of(),
        null,
        Map.of(),
        null,
        Map.of(),
        List.of(),
        null);
  }
}
