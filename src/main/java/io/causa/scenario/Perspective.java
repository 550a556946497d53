package io.causa.scenario;

import io.causa.client.ReplicaText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How people see what happens: keys as the scenario's file names them, and writes counted from its
 * start, unless they ask for the counts of the nodes themselves.
 */
final class Perspective {
  private final List<Cluster.Node> nodes;
  private final String ownPrefix;
  private final Pattern dot;
  private final Optional<Baseline> start;

  private Perspective(List<Cluster.Node> nodes, String ownPrefix, Optional<Baseline> start) {
    this.nodes = nodes;
    this.ownPrefix = ownPrefix;
    this.start = start;
    String names =
        nodes.stream()
            .map(Cluster.Node::name)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    dot = Pattern.compile("(?<![\\w./~-])((?:" + names + ")(\\.[0-9a-z]+)?):([0-9]{1,18})(?!\\w)");
  }

  /**
   * Counts as the nodes do.
   *
   * @param ownPrefix what the scenario's own keys begin with, which is not shown
   */
  static Perspective absolute(List<Cluster.Node> nodes, String ownPrefix) {
    return new Perspective(nodes, ownPrefix, Optional.empty());
  }

  /** Counts from the start. */
  Perspective since(Baseline start) {
    return new Perspective(nodes, ownPrefix, Optional.of(start));
  }

  /** Returns the text with the keys and the dots of writes as people see them. */
  String show(String text) {
    String plain = text.replace(ownPrefix, "");
    return start.map(baseline -> relative(plain, baseline)).orElse(plain);
  }

  private String relative(String text, Baseline baseline) {
    return dot.matcher(text)
        .replaceAll(
            found -> {
              long number = Long.parseLong(found.group(3)) - baseline.countOf(found.group(1));
              return Matcher.quoteReplacement(found.group(1) + ":" + number);
            });
  }

  /** Returns the first replica with its generation that stands in this text. */
  Optional<String> generation(String text) {
    return dot.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(ReplicaText::isFull)
        .findFirst();
  }

  /** Returns a clock, in the order of the nodes. */
  List<Long> counts(Counts clock) {
    return nodes.stream()
        .map(Cluster.Node::name)
        .map(name -> clock.of(name) - start.map(it -> it.counts().of(name)).orElse(0L))
        .toList();
  }

  /** Returns a clock as {@code [1,0,0]}. */
  String compact(Counts clock) {
    return counts(clock).stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  /** Returns the clock that has moved so far since the start, by places, as {@code [1,0,0]}. */
  String moved(Map<String, Long> morePlaces, Baseline baseline) {
    StringBuilder clock = new StringBuilder();
    for (int place = 1; place <= nodes.size(); place++) {
      long more = morePlaces.getOrDefault("node" + place, 0L);
      long since = start.isPresent() ? 0 : baseline.counts().of(nodes.get(place - 1).name());
      clock.append(place == 1 ? "[" : ",").append(since + more);
    }
    return clock.append(']').toString();
  }
}
