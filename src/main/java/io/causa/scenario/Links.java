package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.LinkFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

  /** All messages between the groups are lost. */
  synchronized Optional<String> partition(List<List<String>> groups) {
    List<LinkFault> more = new ArrayList<>(rules);
    for (List<String> group : groups) {
      for (List<String> other : groups) {
        if (other != group) {
          cut(group, other, more);
        }
      }
    }
    rules = more;
    return apply();
  }

  synchronized Optional<String> heal() {
    rules = List.of();
    return apply();
  }

  private void cut(List<String> senders, List<String> receivers, List<LinkFault> into) {
    for (String from : senders) {
      for (String to : receivers) {
        into.add(named(new LinkFault(from, to, null, null, null, 1.0, null, null, null)));
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
