package io.causa.scenario;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What all steps of one play share, and where they report. Thread-safe. */
final class Stage {
  private final Nodes nodes;
  private final Recorder recorder;
  private final Baseline baseline;
  private final Transcript transcript;
  private final Judge judge;
  private final Describe describe;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  Stage(Nodes nodes, Recorder recorder, Baseline baseline, HeldWrites held, Transcript transcript) {
    this.nodes = nodes;
    this.recorder = recorder;
    this.baseline = baseline;
    this.transcript = transcript;
    judge = new Judge(nodes, recorder, baseline, held);
    describe = new Describe(nodes, baseline, transcript.perspective());
  }

  Nodes nodes() {
    return nodes;
  }

  Cluster.Node node(String place) {
    return nodes.cluster().node(place);
  }

  Recorder recorder() {
    return recorder;
  }

  Baseline baseline() {
    return baseline;
  }

  Transcript transcript() {
    return transcript;
  }

  Judge judge() {
    return judge;
  }

  Describe describe() {
    return describe;
  }

  /** What went wrong so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Counts one expectation, and reports what is wrong with it. */
  void check(Step step, List<String> wrong) {
    transcript.checked(1);
    fail(step, wrong);
  }

  void fail(Step step, List<String> wrong) {
    List<String> located =
        wrong.stream()
            .map(it -> "line %d: %s".formatted(step.line(), transcript.shown(it)))
            .toList();
    transcript.problems(located);
    problems.addAll(located);
  }
}
