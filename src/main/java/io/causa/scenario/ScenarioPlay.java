package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.NodeStatus;
import io.causa.history.Access;
import io.causa.history.HistoryChecks;
import io.causa.history.Operation;
import io.causa.history.Violation;
import io.causa.scenario.HeldWrites.HeldWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * One scenario from its start, with healed links and settled nodes, over its steps to its verdict.
 */
final class ScenarioPlay {
  private static final int MOST_SHOWN_OF_A_RULE = 2;

  private final Scenario scenario;
  private final Nodes nodes;
  private final HeldWrites held;
  private final Settling settling;
  private final Links links;
  private final Transcript transcript;
  private final Recorder recorder = new Recorder(System::nanoTime);
  private final List<String> problems = new ArrayList<>();

  /**
   * @param scenario with the keys that its file names
   * @param keys how they are named in the cluster
   */
  ScenarioPlay(Scenario scenario, OwnKeys keys, Nodes nodes, Transcript transcript, long millis) {
    this.scenario = keys.rename(scenario);
    this.nodes = nodes;
    this.transcript = transcript;
    held = new HeldWrites(keys);
    settling = new Settling(nodes, held, millis);
    links = new Links(nodes);
  }

  Verdict play() {
    long start = System.nanoTime();
    Optional<String> lack = lack();
    if (lack.isPresent()) {
      return Verdict.skipped(scenario, lack.get());
    }
    settling
        .await(transcript.perspective())
        .ifPresent(problem -> problem("before the first step: " + problem));
    if (problems.isEmpty()) {
      Baseline baseline = baseline();
      recorder.begin(baseline);
      List<HeldWrite> foreign = foreign();
      transcript.begin(baseline);
      if (problems.isEmpty()) {
        playSteps(baseline);
      }
      judgeTheEnd();
      explain(foreign);
    }
    Verdict.Outcome outcome = problems.isEmpty() ? Verdict.Outcome.PASSED : Verdict.Outcome.FAILED;
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new Verdict(
        scenario.name(),
        outcome,
        transcript.steps(),
        transcript.checks(),
        millis,
        problems,
        recorder.events());
  }

  /** What the cluster lacks for this scenario. Heals the links on the way. */
  private Optional<String> lack() {
    int size = nodes.all().size();
    if (size < scenario.nodes()) {
      return Optional.of(
          "it needs %d nodes, this cluster has %d".formatted(scenario.nodes(), size));
    }
    if (scenario.needsControl() && nodes.cluster().control().isEmpty()) {
      return Optional.of("it stops and starts nodes, and nobody here can do that to this cluster");
    }
    return links.heal().filter(problem -> scenario.needsFaults());
  }

  private Baseline baseline() {
    Map<String, NodeStatus> statuses = nodes.statuses();
    Map<String, String> replicas = new LinkedHashMap<>();
    statuses.forEach((name, status) -> replicas.put(name, status.replica()));
    Map<String, Access> keys = new LinkedHashMap<>();
    Cluster.Node first = nodes.all().get(0);
    for (String key : scenario.keys()) {
      Answer answer = Await.result(first.client().get(key, Ask.PLAIN));
      if (!(answer instanceof Answer.Found || answer instanceof Answer.Absent)) {
        problem("%s does not show %s: %s".formatted(first.name(), key, Answers.say(answer)));
      }
      keys.put(key, Recorder.shown(key, answer));
    }
    return new Baseline(new Counts(statuses.get(first.name()).vc()), replicas, keys);
  }

  private List<HeldWrite> foreign() {
    List<HeldWrite> foreign = held.foreign(nodes.statuses());
    if (!foreign.isEmpty()) {
      transcript.warn(HeldWrites.warning(foreign));
    }
    return foreign;
  }

  /** A held write of somebody else that was applied in between may be why a clock was wrong. */
  private void explain(List<HeldWrite> foreign) {
    List<HeldWrite> gone = new ArrayList<>(foreign);
    gone.removeAll(held.foreign(nodes.statuses()));
    if (!problems.isEmpty() && !gone.isEmpty()) {
      problem(HeldWrites.explanation(gone));
    }
  }

  private void playSteps(Baseline baseline) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Stage stage = new Stage(nodes, recorder, baseline, held, transcript);
      new StepPlayer(stage, links, threads).play(scenario.steps());
      problems.addAll(stage.problems());
    } finally {
      threads.shutdownNow();
    }
  }

  private void judgeTheEnd() {
    bringBack();
    links.heal().filter(problem -> scenario.needsFaults()).ifPresent(this::problem);
    settling
        .await(transcript.perspective())
        .ifPresent(problem -> problem("after the last step: " + problem));
    nodes.up().forEach(this::readAll);
    List<Violation> violations = HistoryChecks.check(recorder.events());
    transcript.checked(HistoryChecks.names().size());
    report(violations);
  }

  /** A broken store breaks a promise at every turn; a few of each kind are enough to see it. */
  private void report(List<Violation> violations) {
    Map<String, List<Violation>> byRule =
        violations.stream()
            .collect(
                Collectors.groupingBy(Violation::rule, LinkedHashMap::new, Collectors.toList()));
    byRule.forEach(
        (rule, some) -> {
          some.stream().limit(MOST_SHOWN_OF_A_RULE).forEach(it -> problem("history: " + it));
          if (some.size() > MOST_SHOWN_OF_A_RULE) {
            problem("history: %s is broken %,d times in all".formatted(rule, some.size()));
          }
        });
  }

  /** A scenario leaves the cluster whole, even if it failed halfway. */
  private void bringBack() {
    for (String name : nodes.down()) {
      try {
        Await.result(nodes.cluster().control().orElseThrow().start(name));
        nodes.mark(name, false);
      } catch (IllegalStateException e) {
        problem(name + " cannot be started again: " + e.getMessage());
      }
    }
  }

  private void readAll(Cluster.Node node) {
    String reader = recorder.stranger("end");
    for (String key : scenario.keys()) {
      recorder.send(
          reader,
          node,
          Operation.FINAL,
          new Access(key, null, null),
          null,
          () -> node.client().get(key, Ask.PLAIN));
    }
  }

  private void problem(String text) {
    String shown = transcript.shown(text);
    problems.add(shown);
    transcript.problems(List.of(shown));
  }
}
