package io.causa.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Lets systems have their turns: each is warmed up until its rate is steady, and then all are
 * measured round by round, one at a time.
 */
final class Rounds {

  private static final double MICROS = 1e6;

  /** Members of a cluster look at their clocks when they go on, and at each other. */
  private static final long AWAKE_MILLIS = 500;

  /**
   * Something that is measured.
   *
   * @param name of the measurement, its own
   * @param window measures for so many seconds
   */
  record Turn(String name, Server server, IntFunction<Load> window) {}

  private final Lab lab;
  private final Findings findings;
  private final List<Turn> turns = new ArrayList<>();
  private final Set<String> warm = new HashSet<>();
  private final Map<String, List<Load>> loads = new LinkedHashMap<>();
  private final Map<String, List<Double>> micros = new LinkedHashMap<>();
  private Server running;

  Rounds(Lab lab, Findings findings) {
    this.lab = lab;
    this.findings = findings;
  }

  /**
   * Warms up until the rate is steady, or the time is up, which becomes a remark.
   *
   * @return the rate of the last window
   */
  double warmUp(Turn turn) {
    warm.add(turn.name());
    giveTurn(turn.server());
    List<Double> rates = new ArrayList<>();
    int seconds = lab.plan().warmUpWindowSeconds();
    while (!Steadiness.reached(rates) && rates.size() * seconds < lab.plan().warmUpSeconds()) {
      rates.add(turn.window().apply(seconds).rate());
    }
    turn.server().settle();
    double last = rates.get(rates.size() - 1);
    boolean steady = Steadiness.reached(rates);
    lab.say(
        "  %-44s %9.0f/s after a warm-up of %d s%s",
        turn.name(), last, rates.size() * seconds, steady ? "" : ", not steady");
    if (!steady) {
      findings.unsteady(turn.name());
    }
    return last;
  }

  /** Warms up what is not warm yet, and then measures all, round by round. */
  Rounds run(List<Turn> all) {
    turns.addAll(all);
    turns.stream().filter(turn -> !warm.contains(turn.name())).forEach(this::warmUp);
    for (int round = 1; round <= lab.plan().rounds(); round++) {
      lab.say("  round %d of %d", round, lab.plan().rounds());
      turns.forEach(this::measure);
    }
    return this;
  }

  /** Only one system runs at a time; the others stand still, with all that they have compiled. */
  private void giveTurn(Server server) {
    if (server == running) {
      return;
    }
    Signals.stop(
        turns.stream()
            .map(Turn::server)
            .filter(other -> other != server)
            .flatMap(other -> other.processes().stream())
            .distinct()
            .toList());
    Signals.goOn(server.processes());
    if (running != null) {
      Lab.sleepMillis(AWAKE_MILLIS);
    }
    server.settle();
    running = server;
  }

  private void measure(Turn turn) {
    giveTurn(turn.server());
    try {
      double before = ProcessTimes.seconds(turn.server().processes());
      Load load = turn.window().apply(lab.plan().windowSeconds());
      turn.server().settle();
      double used = ProcessTimes.seconds(turn.server().processes()) - before;
      loads.computeIfAbsent(turn.name(), name -> new ArrayList<>()).add(load);
      micros
          .computeIfAbsent(turn.name(), name -> new ArrayList<>())
          .add(turn.server().processes().isEmpty() ? Double.NaN : used * MICROS / load.requests());
      lab.say("  %-44s %9.0f/s   p99 %8.2f ms", turn.name(), load.rate(), load.p99Millis());
    } catch (IOException gone) {
      throw new UncheckedIOException("a process of " + turn.server().name() + " has ended", gone);
    }
  }

  List<Double> rates(String turn) {
    return loads.get(turn).stream().map(Load::rate).toList();
  }

  /** Returns the ratio of the rates of two measurements. */
  Spread ratio(String ours, String theirs) {
    return Spread.ratio(rates(ours), rates(theirs));
  }

  /** Returns the microseconds of processor time that a request cost the processes of the server. */
  Spread micros(String turn) {
    return Spread.of(micros.get(turn));
  }

  /** Returns a table of all measurements. */
  Findings.Table table(String heading) {
    List<List<String>> rows = new ArrayList<>();
    for (Turn turn : turns) {
      List<Load> all = loads.get(turn.name());
      double cpu = micros(turn.name()).median();
      rows.add(
          List.of(
              turn.name(),
              Spread.of(rates(turn.name())).toString(),
              milliseconds(all.stream().map(Load::p50Millis).toList()),
              milliseconds(all.stream().map(Load::p99Millis).toList()),
              Double.isNaN(cpu) ? "" : Spread.text(cpu)));
    }
    return new Findings.Table(
        heading, List.of("", "requests/s", "p50, ms", "p99, ms", "CPU, µs a request"), rows);
  }

  private static String milliseconds(List<Double> figures) {
    double median = Spread.of(figures).median();
    return Double.isNaN(median) ? "" : Spread.text(median);
  }
}
