package io.causa.scenario;

import io.causa.client.LinkFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the steps that set, add and take away link faults. */
final class FaultReader {
  private final Path file;
  private final NodeNames nodes;

  FaultReader(Path file, NodeNames nodes) {
    this.file = file;
    this.nodes = nodes;
  }

  void addVerbs(Map<String, Function<Yaml, Step>> verbs) {
    verbs.put("faults", this::faults);
    verbs.put("hold", yaml -> link("hold", yaml, s -> effect(null, null, null, null, null, true)));
    verbs.put("delay", yaml -> link("delay", yaml, FaultReader::delay));
    verbs.put(
        "drop", yaml -> link("drop", yaml, s -> effect(null, null, odds(s), null, null, null)));
    verbs.put(
        "duplicate",
        yaml -> link("duplicate", yaml, s -> effect(null, null, null, odds(s), null, null)));
    verbs.put(
        "reorder",
        yaml -> link("reorder", yaml, s -> effect(null, null, null, null, odds(s), null)));
    verbs.put("release", this::release);
    verbs.put("heal", yaml -> new Step.Heal(yaml.line()));
    verbs.put("partition", this::partition);
  }

  private Step faults(Yaml yaml) {
    List<Yaml> rules = yaml instanceof Yaml.Items items ? items.items() : List.of(yaml);
    return new Step.Faults(
        yaml.line(), rules.stream().map(r -> rule("a link fault", r, FaultReader::all)).toList());
  }

  private Step link(String verb, Yaml yaml, Function<Section, LinkFault> effect) {
    return new Step.AddFault(yaml.line(), rule(verb, yaml, effect));
  }

  private LinkFault rule(String what, Yaml yaml, Function<Section, LinkFault> effect) {
    Section s = new Section(file, what, yaml);
    String from = nodes.oneOrAll(s, "from");
    String to = nodes.oneOrAll(s, "to");
    String origin = nodes.oneOrAll(s, "origin");
    LinkFault rule = effect.apply(s).on(from, to, origin);
    s.end();
    return rule;
  }

  private static LinkFault all(Section s) {
    return effect(
        s.number("delayMillis", null),
        s.number("jitterMillis", null),
        s.probability("drop"),
        s.probability("duplicate"),
        s.probability("reorder"),
        s.flag("hold"));
  }

  private static LinkFault delay(Section s) {
    s.required("delayMillis");
    Long delayMillis = s.number("delayMillis", null);
    return effect(delayMillis, s.number("jitterMillis", null), null, null, null, null);
  }

  private static Double odds(Section s) {
    s.required("probability");
    return s.probability("probability");
  }

  private static LinkFault effect(
      Long delay, Long jitter, Double drop, Double duplicate, Double reorder, Boolean hold) {
    return new LinkFault(null, null, null, delay, jitter, drop, duplicate, reorder, hold);
  }

  private Step release(Yaml yaml) {
    if (yaml instanceof Yaml.Text text && text.text().isEmpty()) {
      return new Step.Release(yaml.line(), null, null, null);
    }
    Section s = new Section(file, "release", yaml);
    Step step =
        new Step.Release(
            s.line(),
            nodes.oneOrAll(s, "from"),
            nodes.oneOrAll(s, "to"),
            nodes.oneOrAll(s, "origin"));
    s.end();
    return step;
  }

  private Step partition(Yaml yaml) {
    if (!(yaml instanceof Yaml.Items groups) || groups.items().size() < 2) {
      throw new ScenarioFormatException(
          file, yaml.line(), "partition needs two groups or more, as in [[node1], [node2, node3]]");
    }
    return new Step.Partition(yaml.line(), groups.items().stream().map(this::group).toList());
  }

  private List<String> group(Yaml yaml) {
    List<Yaml> members = yaml instanceof Yaml.Items items ? items.items() : List.of(yaml);
    return members.stream().map(nodes::one).toList();
  }
}
