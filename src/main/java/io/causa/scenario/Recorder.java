package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends requests and writes down what their clients saw. Thread-safe, for one request of each
 * client at a time.
 */
final class Recorder {
  private final LongSupplier nanoClock;
  private final long origin;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final OwnVersions ownVersions = new OwnVersions();
  private final Map<String, Integer> incarnations = new ConcurrentHashMap<>();
  private final AtomicInteger strangers = new AtomicInteger();
  private volatile long lastWriteNanos;

  Recorder(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    origin = nanoClock.getAsLong();
  }

  synchronized List<HistoryEvent> events() {
    return List.copyOf(events);
  }

  OwnVersions ownVersions() {
    return ownVersions;
  }

  /** A name for somebody who does one thing and is never seen again. */
  String stranger(String role) {
    return role + "-" + strangers.incrementAndGet();
  }

  /**
   * A node that comes back may have lost its memory, so what it showed before binds it no longer.
   */
  void restarted(String node) {
    incarnations.merge(node, 2, (number, x) -> number + 1);
  }

  /** The time since the last write was sent. */
  long millisSinceLastWrite() {
    return (now() - lastWriteNanos) / 1_000_000;
  }

  long now() {
    return nanoClock.getAsLong() - origin;
  }

  /** Writes down the state before the first request. */
  void begin(Baseline baseline) {
    List<Access> accesses = List.copyOf(baseline.keys().values());
    accesses.forEach(ownVersions::before);
    if (!accesses.isEmpty()) {
      long now = now();
      add(
          new HistoryEvent(
              "before", "all", Operation.INITIAL, accesses, null, null, now, now, Outcome.OK));
    }
  }

  /**
   * Sends one request and waits for its answer.
   *
   * @param value what is written; null for a read or a delete
   * @param contextIn the context that the request carries
   */
  Answer send(
      String client,
      Cluster.Node node,
      Operation operation,
      Access asked,
      String contextIn,
      Supplier<Future<Answer>> request) {
    long start = now();
    if (operation.writes()) {
      lastWriteNanos = start;
    }
    Answer answer = Await.result(request.get());
    Outcome outcome = outcome(answer, operation);
    Access access = operation.writes() ? wrote(asked, answer, outcome) : shown(asked.key(), answer);
    String contextOut = outcome.known() ? answer.marks().context() : null;
    add(
        new HistoryEvent(
            client,
            label(node),
            operation,
            List.of(access),
            contextIn,
            contextOut,
            start,
            now(),
            outcome));
    return answer;
  }

  /** What an answer to a read shows of a key. */
  static Access shown(String key, Answer answer) {
    if (answer instanceof Answer.Found found) {
      return new Access(key, found.text(), found.marks().version());
    }
    if (answer instanceof Answer.Described described) {
      return new Access(key, described.detail().value(), described.detail().version());
    }
    return new Access(key, null, answer.marks().version());
  }

  private Access wrote(Access asked, Answer answer, Outcome outcome) {
    String version = outcome == Outcome.OK ? answer.marks().version() : null;
    Access written = new Access(asked.key(), asked.value(), version);
    if (outcome != Outcome.REFUSED) {
      ownVersions.wrote(written);
    }
    return written;
  }

  private static Outcome outcome(Answer answer, Operation operation) {
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

  private String label(Cluster.Node node) {
    Integer incarnation = incarnations.get(node.name());
    return incarnation == null ? node.name() : node.name() + "#" + incarnation;
  }

  private synchronized void add(HistoryEvent event) {
    events.add(event);
  }
}
