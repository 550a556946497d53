package io.causa.history;

import java.util.ArrayList;
import java.util.List;

/** Histories written by hand: each event takes one tick and starts after the one before it. */
final class HandMade {
  private final List<HistoryEvent> events = new ArrayList<>();
  private long now;

  List<HistoryEvent> events() {
    return events;
  }

  HandMade initially(String key, String value, String version) {
    return add("before", "all", Operation.INITIAL, new Access(key, value, version), Outcome.OK);
  }

  HandMade put(String client, String node, String key, String value, String version) {
    return add(client, node, Operation.PUT, new Access(key, value, version), Outcome.OK);
  }

  HandMade putUnanswered(String client, String node, String key, String value) {
    return add(client, node, Operation.PUT, new Access(key, value, null), Outcome.UNKNOWN);
  }

  HandMade delete(String client, String node, String key, String version) {
    return add(client, node, Operation.DELETE, new Access(key, null, version), Outcome.OK);
  }

  HandMade get(String client, String node, String key, String value, String version) {
    return add(client, node, Operation.GET, new Access(key, value, version), Outcome.OK);
  }

  HandMade absent(String client, String node, String key) {
    return add(client, node, Operation.GET, new Access(key, null, null), Outcome.ABSENT);
  }

  HandMade finalRead(String node, String key, String value, String version) {
    return add("end@" + node, node, Operation.FINAL, new Access(key, value, version), Outcome.OK);
  }

  HandMade batch(String client, String node, Access... accesses) {
    return add(client, node, Operation.BATCH, List.of(accesses), null, null, Outcome.OK);
  }

  HandMade snapshot(String client, String node, Access... accesses) {
    return add(client, node, Operation.SNAPSHOT, List.of(accesses), null, null, Outcome.OK);
  }

  /** The last event answered this context. */
  HandMade answering(String context) {
    HistoryEvent e = events.remove(events.size() - 1);
    events.add(copy(e, e.contextIn(), context));
    return this;
  }

  /** So many other nodes had the last write, too, says its answer. */
  HandMade acknowledgedBy(int acks) {
    HistoryEvent e = events.remove(events.size() - 1);
    events.add(
        new HistoryEvent(
            e.client(),
            e.node(),
            e.operation(),
            e.accesses(),
            e.contextIn(),
            e.contextOut(),
            e.startNanos(),
            e.endNanos(),
            e.outcome(),
            acks));
    return this;
  }

  /** The answer of the last event took so many milliseconds. */
  HandMade lasting(long millis) {
    HistoryEvent e = events.remove(events.size() - 1);
    events.add(
        new HistoryEvent(
            e.client(),
            e.node(),
            e.operation(),
            e.accesses(),
            e.contextIn(),
            e.contextOut(),
            e.startNanos(),
            e.startNanos() + millis * 1_000_000,
            e.outcome()));
    return this;
  }

  /** The last event carried this context. */
  HandMade carrying(String context) {
    HistoryEvent e = events.remove(events.size() - 1);
    events.add(copy(e, context, e.contextOut()));
    return this;
  }

  List<Violation> check(Check check) {
    return check.check(new Causality(events));
  }

  private static HistoryEvent copy(HistoryEvent e, String in, String out) {
    return new HistoryEvent(
        e.client(),
        e.node(),
        e.operation(),
        e.accesses(),
        in,
        out,
        e.startNanos(),
        e.endNanos(),
        e.outcome());
  }

  private HandMade add(
      String client, String node, Operation operation, Access access, Outcome outcome) {
    return add(client, node, operation, List.of(access), null, null, outcome);
  }

  private HandMade add(
      String client,
      String node,
      Operation operation,
      List<Access> accesses,
      String in,
      String out,
      Outcome outcome) {
    now += 2_000_000;
    events.add(
        new HistoryEvent(
            client, node, operation, accesses, in, out, now, now + 1_000_000, outcome));
    return this;
  }
}
