package io.causa.http;

import io.causa.replication.link.LinkFaultRule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Link faults as JSON: {@code {"rules": [{"from", "to", "origin", "delayMillis", "jitterMillis",
 * "drop", "duplicate", "reorder", "hold"}]}}. A name that is absent or {@code *} matches all.
 */
final class FaultRulesJson {

  /** The most rules that a node takes. */
  static final int RULES = 1000;

  private static final String ANY = "*";
  private static final List<String> NAMES = List.of("from", "to", "origin");
  private static final List<String> EFFECTS =
      List.of("delayMillis", "jitterMillis", "drop", "duplicate", "reorder", "hold");

  private final int index;
  private final JsonObject rule;

  private FaultRulesJson(int index, JsonObject rule) {
    this.index = index;
    this.rule = rule;
  }

  static JsonArray toJson(List<LinkFaultRule> rules) {
    JsonArray json = new JsonArray();
    rules.forEach(rule -> json.add(toJson(rule)));
    return json;
  }

  private static JsonObject toJson(LinkFaultRule rule) {
    return new JsonObject()
        .put("from", rule.from().orElse(ANY))
        .put("to", rule.to().orElse(ANY))
        .put("origin", rule.origin().orElse(ANY))
        .put("delayMillis", rule.delayMillis())
        .put("jitterMillis", rule.jitterMillis())
        .put("drop", rule.drop())
        .put("duplicate", rule.duplicate())
        .put("reorder", rule.reorder())
        .put("hold", rule.hold());
  }

  /**
   * @throws ProblemException if a rule is wrong: names its index, the field and the value
   */
  static List<LinkFaultRule> parse(byte[] body) {
    JsonBody json = JsonBody.parse(body, Set.of("rules"));
    if (!json.has("rules")) {
      throw JsonBody.wrong("\"rules\" is missing; an empty list heals all links");
    }
    List<Object> given = json.optionalArray("rules");
    if (given.size() > RULES) {
      throw JsonBody.wrong("%d rules are given, allowed are %d".formatted(given.size(), RULES));
    }
    List<LinkFaultRule> rules = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      rules.add(rule(i, given.get(i)));
    }
    return rules;
  }

  private static LinkFaultRule rule(int index, Object json) {
    if (!(json instanceof JsonObject members)) {
      throw refusal(index, "is an object, not " + Excerpt.of(json));
    }
    FaultRulesJson reader = new FaultRulesJson(index, members);
    reader.checkFields();
    try {
      return reader.read();
    } catch (IllegalArgumentException outOfBounds) {
      throw refusal(index, outOfBounds.getMessage());
    }
  }

  private void checkFields() {
    for (String field : rule.fieldNames()) {
      if (!NAMES.contains(field) && !EFFECTS.contains(field)) {
        throw refusal(index, "there is no field \"%s\"".formatted(Excerpt.of(field)));
      }
    }
    if (EFFECTS.stream().noneMatch(rule::containsKey)) {
      throw refusal(index, "it has no effect; give one of " + String.join(", ", EFFECTS));
    }
  }

  private LinkFaultRule read() {
    return new LinkFaultRule(
        name("from"),
        name("to"),
        name("origin"),
        millis("delayMillis"),
        millis("jitterMillis"),
        probability("drop"),
        probability("duplicate"),
        probability("reorder"),
        flag("hold"));
  }

  private Optional<String> name(String field) {
    Object value = rule.getValue(field, ANY);
    if (value instanceof String name) {
      return name.equals(ANY) ? Optional.empty() : Optional.of(name);
    }
    throw wrong(field, "is a node's name or *", value);
  }

  private long millis(String field) {
    Object value = rule.getValue(field, 0);
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      return clamped((Number) value);
    }
    throw wrong(field, "is a whole number of milliseconds", value);
  }

  /** What does not fit a long is out of bounds in any case. */
  private static long clamped(Number number) {
    return number instanceof BigInteger ? Long.MAX_VALUE : number.longValue();
  }

  private double probability(String field) {
    Object value = rule.getValue(field, 0);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(field, "is a probability from 0 to 1", value);
  }

  private boolean flag(String field) {
    Object value = rule.getValue(field, false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(field, "is true or false", value);
  }

  private ProblemException wrong(String field, String expected, Object value) {
    return refusal(index, "%s %s, not %s".formatted(field, expected, Excerpt.of(value)));
  }

  private static ProblemException refusal(int index, String detail) {
    return new ProblemException(
        new Problem(ProblemType.BAD_FAULT_RULE, "rules[%d]: %s".formatted(index, detail))
            .with("index", index));
  }
}
