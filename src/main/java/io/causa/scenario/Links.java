package io.causa.scenario;

import static java.util.stream.Collectors.toSet;

import io.causa.client.Answer;
import io.causa.client.LinkFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The link faults of a scenario: kept as one list, which every node is given whole. Thread-safe.
 */
final class Links {
  private final Nodes nodes;
  private List<LinkFault> rules = List.of();

  Links(Nodes nodes) {
    this.nodes = nodes;
  }

  /** Each of these returns what went wrong; empty if nothing did. */
  synchronized Optional<String> set(List<LinkFault> wanted) {
    rules = wanted.stream().map(this::named).toList();
    return apply();
  }

  synchronized Optional<String> add(LinkFault rule) {
    List<LinkFault> more = new ArrayList<>(rules);
    more.add(named(rule));
    rules = more;
    return apply();
  }

  synchronized Optional<String> release(Step.Release which) {
    int before = rules.size();
    rules = rules.stream().filter(rule -> !isHeldBy(rule, which)).toList();
    return rules.size() == before
        ? Optional.of("nothing is held that this release could mean")
        : apply();
  }

  /**
   * All messages between the groups are lost; nodes that stand in none of them go with the last.
   */
  synchronized Optional<String> partition(List<List<String>> places) {
    List<Set<String>> groups = new ArrayList<>();
    places.forEach(group -> groups.add(group.stream().map(this::name).collect(toSet())));
    nodes.all().stream()
        .map(Cluster.Node::name)
        .filter(name -> groups.stream().noneMatch(group -> group.contains(name)))
        .forEach(groups.get(groups.size() - 1)::add);
    List<LinkFault> more = new ArrayList<>(rules);
    for (Set<String> senders : groups) {
      groups.stream().filter(it -> it != senders).forEach(it -> cut(senders, it, more));
    }
    rules = more;
    return apply();
  }

  synchronized Optional<String> heal() {
    rules = List.of();
    return apply();
  }

  private static void cut(Set<String> senders, Set<String> receivers, List<LinkFault> into) {
    for (String from : senders) {
      for (String to : receivers) {
        into.add(new LinkFault(from, to, null, null, null, 1.0, null, null, null));
      }
    }
  }

  private boolean isHeldBy(LinkFault rule, Step.Release which) {
    return Boolean.TRUE.equals(rule.hold())
        && (which.from() == null || Objects.equals(rule.from(), name(which.from())))
        && (which.to() == null || Objects.equals(rule.to(), name(which.to())))
        && (which.origin() == null || Objects.equals(rule.origin(), name(which.origin())));
  }

  private LinkFault named(LinkFault rule) {
    return rule.on(name(rule.from()), name(rule.to()), name(rule.origin()));
  }

  private String name(String place) {
    return place == null ? null : nodes.cluster().node(place).name();
  }

  private Optional<String> apply() {
    for (Cluster.Node node : nodes.up()) {
      Answer answer = Await.result(node.client().faults(rules));
      if (!(answer instanceof Answer.Done)) {
        return Optional.of(refused(node, answer));
      }
    }
    return Optional.empty();
  }

  private static String refused(Cluster.Node node, Answer answer) {
    return "%s does not take link faults (%s); were the nodes started with --faults?"
        .formatted(node.name(), Answers.say(answer));
  }
}
