package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.LinkFault;
import io.causa.scenario.page.StyledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Steps as people read them. Names of nodes are those of the cluster, not places. */
final class Describe {
  private final Nodes nodes;
  private final Baseline baseline;
  private final Perspective perspective;

  Describe(Nodes nodes, Baseline baseline, Perspective perspective) {
    this.nodes = nodes;
    this.baseline = baseline;
    this.perspective = perspective;
  }

  static String request(Step.Manner manner, String what, Answer answer) {
    String client = manner.client() == null ? "someone" : manner.client();
    String context =
        manner.contextFrom() == null ? "" : " (going on from " + manner.contextFrom() + ")";
    return "%s%s %s ->%s%s"
        .formatted(client, context, what, StyledText.FIRM_SPACE, Answers.brief(answer));
  }

  String where(List<Cluster.Node> some) {
    return some.size() == nodes.all().size() && some.size() > 1
        ? "all nodes"
        : some.stream().map(Cluster.Node::name).collect(Collectors.joining(", "));
  }

  static String action(Step.Control control) {
    return control.action().name().toLowerCase(Locale.ROOT);
  }

  String link(LinkFault rule) {
    return link(rule.from(), rule.to(), rule.origin());
  }

  String link(Step.Release release) {
    return link(release.from(), release.to(), release.origin());
  }

  private String link(String from, String to, String origin) {
    String writes = origin == null ? "" : ", writes of " + name(origin);
    if (from != null && to != null) {
      return name(from) + " -> " + name(to) + writes;
    }
    String end = to == null ? "" : " to " + name(to);
    return "all links" + (from == null ? end : " from " + name(from)) + writes;
  }

  String faults(List<LinkFault> rules) {
    return rules.isEmpty()
        ? "none"
        : rules.stream()
            .map(rule -> link(rule) + " (" + effects(rule) + ")")
            .collect(Collectors.joining("; "));
  }

  static String effects(LinkFault rule) {
    List<String> effects = new ArrayList<>();
    if (Boolean.TRUE.equals(rule.hold())) {
      effects.add("hold");
    }
    addEffect(effects, "delay", rule.delayMillis(), " ms");
    addEffect(effects, "jitter", rule.jitterMillis(), " ms");
    addEffect(effects, "drop", rule.drop(), "");
    addEffect(effects, "duplicate", rule.duplicate(), "");
    addEffect(effects, "reorder", rule.reorder(), "");
    return String.join(", ", effects);
  }

  String groups(List<List<String>> groups) {
    return groups.stream()
        .map(group -> group.stream().map(this::name).collect(Collectors.joining(", ")))
        .collect(Collectors.joining(" | "));
  }

  String condition(Condition condition) {
    List<String> parts = new ArrayList<>();
    condition.values().forEach((key, value) -> parts.add(key + "=" + value));
    condition.absent().forEach(key -> parts.add(key + " absent"));
    condition.unchanged().forEach(key -> parts.add(key + " as before"));
    condition
        .conflicts()
        .forEach((key, losers) -> parts.add(key + " won over " + String.join(", ", losers)));
    condition.winner().forEach(key -> parts.add("the highest version of " + key + " won"));
    if (!condition.clock().isEmpty()) {
      parts.add("clock " + perspective.moved(condition.clock(), baseline));
    }
    addNumber(parts, condition.buffered(), " buffered");
    condition
        .waitsFor()
        .forEach((node, n) -> parts.add("waiting for " + baseline.dot(name(node), n)));
    addNumber(parts, condition.heldRequests(), " held");
    if (condition.ready() != null) {
      parts.add(condition.ready() ? "ready" : "not ready");
    }
    return String.join(", ", parts);
  }

  private String name(String place) {
    return nodes.cluster().node(place).name();
  }

  private static void addEffect(List<String> effects, String name, Object amount, String unit) {
    if (amount != null) {
      effects.add(name + " " + amount + unit);
    }
  }

  private static void addNumber(List<String> parts, Long number, String what) {
    if (number != null) {
      parts.add((number == 0 ? "nothing" : number) + what);
    }
  }
}
