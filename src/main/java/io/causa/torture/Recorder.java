package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.KeyDetail;
import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends requests and writes down what their clients saw. Thread-safe, for one request of each
 * client at a time.
 */
final class Recorder {
  /** One request: who asks whom for what. */
  record Request(
      String client, Fleet.Node node, Operation operation, List<Access> accesses, Ask ask) {}

  private final Fleet fleet;
  private final Versions versions;
  private final long originNanos = System.nanoTime();
  private final List<HistoryEvent> events = new ArrayList<>();

  Recorder(Fleet fleet, Versions versions) {
    this.fleet = fleet;
    this.versions = versions;
  }

  synchronized List<HistoryEvent> events() {
    Deletes deletes = new Deletes(events);
    return events.stream().map(event -> completed(event, deletes)).toList();
  }

  /** A write whose version was never told keeps none. */
  private HistoryEvent completed(HistoryEvent event, Deletes deletes) {
    return event.showed()
        ? event.withAccesses(
            event.accesses().stream()
                .map(access -> versions.completed(access, event, deletes))
                .toList())
        : event;
  }

  synchronized int size() {
    return events.size();
  }

  /** Sends the request, waits for its answer and writes both down. */
  Answer send(Request request) throws InterruptedException {
    String label = fleet.label(request.node());
    long startNanos = now();
    Answer answer = Waiting.result(Requests.send(request));
    Outcome outcome = outcome(answer, request.operation());
    boolean acknowledged = outcome == Outcome.OK && request.operation().writes();
    add(
        new HistoryEvent(
            request.client(),
            label,
            request.operation(),
            accesses(request, answer, outcome),
            request.ask().context(),
            outcome.known() ? answer.marks().context() : null,
            startNanos,
            now(),
            outcome,
            acknowledged ? request.ask().acks() : null));
    return answer;
  }

  private long now() {
    return System.nanoTime() - originNanos;
  }

  private synchronized void add(HistoryEvent event) {
    events.add(event);
  }

  private List<Access> accesses(Request request, Answer answer, Outcome outcome) {
    if (request.operation().writes()) {
      return request.accesses().stream()
          .map(asked -> versions.written(asked, answer.marks(), outcome == Outcome.OK))
          .toList();
    }
    return outcome.known()
        ? request.accesses().stream().map(asked -> shown(asked.key(), answer)).toList()
        : request.accesses();
  }

  private Access shown(String key, Answer answer) {
    if (answer instanceof Answer.Found found) {
      return versions.shown(
          key, found.text(), found.marks().version(), found.marks().fullVersion());
    }
    if (answer instanceof Answer.Snapshot snapshot) {
      KeyDetail detail = snapshot.details().get(key);
      return detail == null
          ? new Access(key, null, null)
          : versions.shown(key, detail.value(), detail.version(), null);
    }
    return versions.shown(key, null, answer.marks().version(), null);
  }

  static Outcome outcome(Answer answer, Operation operation) {
    if (answer instanceof Answer.Absent) {
      return Outcome.ABSENT;
    }
    if (answer instanceof Answer.Buffered) {
      return Outcome.UNKNOWN;
    }
    if (answer instanceof Answer.Refused refused) {
      return operation.reads() || refused.surelyNotDone() ? Outcome.REFUSED : Outcome.UNKNOWN;
    }
    if (answer instanceof Answer.Unreachable lost) {
      return operation.reads() || !lost.mayHaveHappened() ? Outcome.REFUSED : Outcome.UNKNOWN;
    }
    return Outcome.OK;
  }
}
