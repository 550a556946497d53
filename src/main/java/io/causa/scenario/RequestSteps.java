package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.history.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Plays puts, gets and deletes. */
final class RequestSteps {
  private static final int OK = 200;

  private final Stage stage;
  private final Sessions sessions;

  RequestSteps(Stage stage, Sessions sessions) {
    this.stage = stage;
    this.sessions = sessions;
  }

  void put(Step.Put put) {
    Cluster.Node node = stage.node(put.node());
    String what = "puts " + put.key() + "=" + put.value();
    if (put.vc() == null) {
      request(
          put,
          node,
          put.manner(),
          what,
          () -> sessions.put(node, put.manner(), put.key(), put.value()));
    } else {
      Map<String, Long> vc = counts(put.vc());
      request(
          put,
          node,
          put.manner(),
          what
              + " with clock "
              + stage.transcript().perspective().moved(put.vc(), stage.baseline()),
          () -> sessions.smallPut(node, put.key(), put.value(), vc));
    }
  }

  void delete(Step.Delete delete) {
    Cluster.Node node = stage.node(delete.node());
    request(
        delete,
        node,
        delete.manner(),
        "deletes " + delete.key(),
        () -> sessions.delete(node, delete.manner(), delete.key()));
  }

  void get(Step.Get get) {
    Cluster.Node node = stage.node(get.node());
    request(
            get,
            node,
            get.manner(),
            "gets " + get.key(),
            () -> sessions.get(node, get.manner(), get.key()))
        .filter(answer -> answer instanceof Answer.Found || answer instanceof Answer.Absent)
        .ifPresent(answer -> judge(get, node, answer));
  }

  private void judge(Step.Get get, Cluster.Node node, Answer answer) {
    List<String> wrong = new ArrayList<>();
    Access shown = Recorder.shown(get.key(), answer);
    stage.judge().judgeRead(node, get.expected(), shown, wrong);
    stage.check(get, wrong);
  }

  /** The counts as a client of the small JSON interface would send them. */
  private Map<String, Long> counts(Map<String, Long> relative) {
    Map<String, Long> counts = new LinkedHashMap<>();
    relative.forEach(
        (place, more) -> {
          String name = stage.node(place).name();
          counts.put(stage.baseline().printed(name), stage.baseline().number(name, more));
        });
    return counts;
  }

  private Optional<Answer> request(
      Step step, Cluster.Node node, Step.Manner manner, String what, Supplier<Answer> sending) {
    Optional<String> problem = sessions.handOver(manner);
    if (problem.isPresent()) {
      stage.fail(step, List.of(problem.get()));
      return Optional.empty();
    }
    Answer answer = sending.get();
    stage.transcript().step(node.name(), Describe.request(manner, what, answer), "");
    stage.check(step, answersOtherwise(manner, answer));
    return Optional.of(answer);
  }

  /**
   * A key without a value is a good answer to a read; whether it is the right one, the read's own
   * expectation says.
   */
  private static List<String> answersOtherwise(Step.Manner manner, Answer answer) {
    boolean absent = answer instanceof Answer.Absent && manner.answers() == OK;
    return absent || Answers.status(answer) == manner.answers()
        ? List.of()
        : List.of(
            "the answer is %s instead of %d".formatted(Answers.say(answer), manner.answers()));
  }
}
