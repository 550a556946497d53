package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.KeyDetail;
import io.causa.history.Access;
import io.causa.history.Operation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares what a node shows with what a scenario expects. Its reads go into the history like
 * everybody's. Thread-safe.
 */
final class Judge {
  private final Nodes nodes;
  private final Recorder recorder;
  private final Baseline baseline;
  private final HeldWrites held;

  Judge(Nodes nodes, Recorder recorder, Baseline baseline, HeldWrites held) {
    this.nodes = nodes;
    this.recorder = recorder;
    this.baseline = baseline;
    this.held = held;
  }

  /**
   * Looks once.
   *
   * @param watcher the name of one observer, who looks at this node only
   * @return what is not as expected
   */
  List<String> look(Cluster.Node node, Condition condition, String watcher) {
    List<String> problems = new ArrayList<>();
    condition.keys().stream()
        .filter(key -> !isDetail(condition, key))
        .forEach(key -> lookAtKey(node, condition, key, watcher, problems));
    condition.keys().stream()
        .filter(key -> isDetail(condition, key))
        .forEach(key -> lookAtDetail(node, condition, key, watcher, problems));
    if (condition.asksForStatus()) {
      nodes
          .status(node)
          .ifPresentOrElse(
              status ->
                  problems.addAll(
                      new StatusJudge(nodes, baseline, held, node, status).judge(condition)),
              () -> problems.add(node.name() + " tells no status"));
    }
    return problems;
  }

  /** Judges one read that a client made itself. */
  void judgeRead(Cluster.Node node, Condition expected, Access shown, List<String> problems) {
    String key = shown.key();
    String shows = node.name() + " shows " + shown;
    String value = expected.values().get(key);
    if (value != null && !value.equals(shown.value())) {
      problems.add(shows + " instead of " + value);
    } else if (value != null && !recorder.ownVersions().fits(shown)) {
      problems.add(shows + ", which is not the version that this run wrote");
    }
    if (expected.absent().contains(key) && shown.value() != null) {
      problems.add(shows + " instead of nothing");
    }
    Access before = baseline.keys().get(key);
    if (expected.unchanged().contains(key) && !isSame(before, shown)) {
      problems.add(shows + " instead of what was there before: " + before);
    }
  }

  private static boolean isSame(Access before, Access shown) {
    return Objects.equals(before.value(), shown.value())
        && (shown.value() == null || Objects.equals(before.version(), shown.version()));
  }

  private static boolean isDetail(Condition condition, String key) {
    return condition.conflicts().containsKey(key) || condition.winner().contains(key);
  }

  private void lookAtKey(
      Cluster.Node node, Condition condition, String key, String watcher, List<String> problems) {
    Answer answer = read(watcher, node, key, node.client()::get);
    if (answer instanceof Answer.Found || answer instanceof Answer.Absent) {
      judgeRead(node, condition, Recorder.shown(key, answer), problems);
    } else {
      problems.add("%s does not show %s: %s".formatted(node.name(), key, Answers.say(answer)));
    }
  }

  private interface Reading {
    Future<Answer> read(String key, Ask ask);
  }

  private Answer read(String watcher, Cluster.Node node, String key, Reading reading) {
    return recorder.send(
        watcher,
        node,
        Operation.GET,
        new Access(key, null, null),
        null,
        () -> reading.read(key, Ask.PLAIN));
  }

  private void lookAtDetail(
      Cluster.Node node, Condition condition, String key, String watcher, List<String> problems) {
    Answer answer = read(watcher, node, key, node.client()::describe);
    if (answer instanceof Answer.Described described) {
      judgeRead(node, condition, Recorder.shown(key, answer), problems);
      judgeConflicts(node, described.detail(), condition, problems);
    } else {
      problems.add("%s does not describe %s: %s".formatted(node.name(), key, Answers.say(answer)));
    }
  }

  private static void judgeConflicts(
      Cluster.Node node, KeyDetail shown, Condition condition, List<String> problems) {
    List<String> losers = shown.conflicts().stream().map(KeyDetail.Loser::value).toList();
    for (String expected : condition.conflicts().getOrDefault(shown.key(), List.of())) {
      if (!losers.contains(expected)) {
        problems.add(
            "%s does not list %s=%s among the versions that lost: %s"
                .formatted(node.name(), shown.key(), expected, losers));
      }
    }
    if (condition.winner().contains(shown.key())) {
      strongerLoser(shown)
          .ifPresent(
              loser ->
                  problems.add(
                      "%s lets %s win over %s, which has the higher (Lamport timestamp, origin)"
                          .formatted(node.name(), shown.version(), loser.version())));
    }
  }

  private static Optional<KeyDetail.Loser> strongerLoser(KeyDetail shown) {
    return shown.conflicts().stream()
        .filter(
            loser ->
                loser.lamport() > shown.lamport()
                    || loser.lamport() == shown.lamport()
                        && loser.origin().compareTo(shown.origin()) > 0)
        .max(Comparator.comparingLong(KeyDetail.Loser::lamport));
  }
}
