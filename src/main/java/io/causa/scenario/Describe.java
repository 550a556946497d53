package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.LinkFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Steps as people read them. */
final class Describe {
  private Describe() {}

  static String request(Cluster.Node node, Step.Manner manner, String what, Answer answer) {
    String client = manner.client() == null ? "someone" : manner.client();
    String context =
        manner.contextFrom() == null ? "" : " (going on from " + manner.contextFrom() + ")";
    String clock = answer.marks().clock() == null ? "" : "; " + answer.marks().clock();
    return "%s: %s%s %s -> %s%s"
        .formatted(node.name(), client, context, what, Answers.brief(answer), clock);
  }

  static String control(Step.Control control) {
    return control.action().name().toLowerCase(Locale.ROOT) + " " + control.node();
  }

  static String where(List<Cluster.Node> nodes) {
    return nodes.stream().map(Cluster.Node::name).collect(Collectors.joining(", "));
  }

  static String faults(List<LinkFault> rules) {
    return rules.isEmpty()
        ? "no link faults"
        : rules.stream().map(Describe::fault).collect(Collectors.joining("; "));
  }

  static String fault(LinkFault rule) {
    List<String> effects = new ArrayList<>();
    if (Boolean.TRUE.equals(rule.hold())) {
      effects.add("hold");
    }
    addEffect(effects, "delay", rule.delayMillis(), " ms");
    addEffect(effects, "jitter", rule.jitterMillis(), " ms");
    addEffect(effects, "drop", rule.drop(), "");
    addEffect(effects, "duplicate", rule.duplicate(), "");
    addEffect(effects, "reorder", rule.reorder(), "");
    return String.join(", ", effects) + link(rule.from(), rule.to(), rule.origin());
  }

  static String release(Step.Release release) {
    return "release what is held" + link(release.from(), release.to(), release.origin());
  }

  static String condition(Condition condition) {
    List<String> parts = new ArrayList<>();
    condition.values().forEach((key, value) -> parts.add(key + "=" + value));
    condition.absent().forEach(key -> parts.add(key + " absent"));
    condition.unchanged().forEach(key -> parts.add(key + " as before"));
    condition.conflicts().forEach((key, losers) -> parts.add(key + " won over " + losers));
    condition.winner().forEach(key -> parts.add("the highest version of " + key + " won"));
    if (!condition.clock().isEmpty()) {
      parts.add("clock moved by " + relative(condition.clock()));
    }
    addPart(parts, "buffered writes", condition.buffered());
    condition.waitsFor().forEach((node, n) -> parts.add("one waits for " + node + "'s +" + n));
    addPart(parts, "held requests", condition.heldRequests());
    addPart(parts, "ready", condition.ready());
    return String.join(", ", parts);
  }

  private static void addEffect(List<String> effects, String name, Object amount, String unit) {
    if (amount != null) {
      effects.add(name + " " + amount + unit);
    }
  }

  private static void addPart(List<String> parts, String name, Object expected) {
    if (expected != null) {
      parts.add(name + " " + expected);
    }
  }

  private static String relative(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " +" + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String link(String from, String to, String origin) {
    String writes = origin == null ? "" : ", only " + origin + "'s writes";
    return " on %s -> %s%s".formatted(from == null ? "*" : from, to == null ? "*" : to, writes);
  }
}
