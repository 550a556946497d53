package io.causa.bench.suite;

import io.causa.bench.load.VisibilityLoad;
import io.causa.bench.suite.Findings.Table;
import io.causa.bench.suite.OpenLoop.Result;
import io.causa.bench.suite.Rounds.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * From the moment at which a PUT to node1 had to start to the moment at which a reader of node2
 * would see it, at 5,000 writes/s, open loop. It includes the request, the commit at node1, the
 * way, and the commit at node2. Both clocks are the monotonic clock of this machine.
 */
final class Visibility implements Benchmark {

  private static final int NODES = 3;
  private static final int WRITES_A_SECOND = 5000;
  private static final int CONNECTIONS = 16;
  private static final int OK = 200;
  private static final int PATIENCE_SECONDS = 60;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return "visibility";
  }

  @Override
  public List<String> targets() {
    return List.of("visible-p50", "visible-p99");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    try (CausaNodes causa = start(lab)) {
      Turn full = Turns.http(new Wrk(lab), "PUT, before visibility", causa, causa.port(0), "PUT");
      new Rounds(lab, findings).warmUp(full);
      Child watcher = causa.nodes().get(1);
      long before = Long.parseLong(watcher.ask("watch node1", PATIENCE_SECONDS));
      List<Histogram> visible = new ArrayList<>();
      List<Result> answered = new ArrayList<>();
      for (int round = 0; round < lab.plan().rounds(); round++) {
        Window window = new Window(lab.plan().windowSeconds() * WRITES_A_SECOND);
        answered.add(write(causa, lab.plan().windowSeconds(), window));
        causa.settle();
        Histogram seen = window.visible(watcher);
        visible.add(seen);
        lab.say("  visible after p50 %.2f ms, p99 %.2f ms", millis(seen, 50), millis(seen, 99));
      }
      if (before == 0) {
        throw new BenchException("node2 had seen nothing of node1 after the warm-up");
      }
      report(findings, visible, answered);
    }
  }

  private static CausaNodes start(Lab lab) {
    int port = lab.ports(3 * NODES);
    List<Child> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      if (i == 1) {
        nodes.add(lab.startAsked("Causa node2", VisibilityLoad.class, Members.settings(port, i)));
      } else {
        List<String> command = CausaNodes.command(lab, port, i, NODES);
        command.add("--memory");
        nodes.add(lab.start("Causa node" + (i + 1), lab.nodeVariables(Lab.jdk(), ""), command));
      }
    }
    for (int i = 0; i < NODES; i++) {
      Answers.awaitReady(nodes.get(i), port + i);
    }
    Answers.putAll(port);
    return new CausaNodes(lab, "three nodes", port, nodes);
  }

  private static Result write(CausaNodes causa, int seconds, Window window) {
    try (OpenLoop client = new OpenLoop(causa.port(0), CONNECTIONS, window::answered)) {
      return client.run(WRITES_A_SECOND, seconds, Requests.puts()).requireComplete("PUT");
    } catch (IOException failed) {
      throw new UncheckedIOException("node1 has closed a connection", failed);
    }
  }

  /** When the writes of one round had to start, by their versions. */
  private static final class Window {
    private final long[] startNanos;
    private long first = Long.MAX_VALUE;
    private final long[] sequences;
    private int count;

    Window(int writes) {
      startNanos = new long[writes];
      sequences = new long[writes];
    }

    void answered(long request, long start, OpenConnection answer) {
      if (answer.status() != OK) {
        return; // the round is no good, and its result says so
      }
      String version = answer.header("causa-version").orElseThrow();
      sequences[count] = Long.parseLong(version.substring(version.lastIndexOf(':') + 1));
      first = Math.min(first, sequences[count]);
      startNanos[count++] = start;
    }

    /** Returns how long each write took to be visible, in nanoseconds. */
    Histogram visible(Child watcher) {
      long last = first;
      for (int i = 0; i < count; i++) {
        last = Math.max(last, sequences[i]);
      }
      String[] seen = watcher.ask("seen " + first + " " + last, PATIENCE_SECONDS).split(" ");
      Histogram took = new Histogram(3);
      for (int i = 0; i < count; i++) {
        long nanos = Long.parseLong(seen[(int) (sequences[i] - first)]) - startNanos[i];
        took.recordValue(Math.max(0, nanos));
      }
      return took;
    }
  }

  private static void report(Findings findings, List<Histogram> visible, List<Result> answered) {
    findings.reach("visible-p50", spread(visible, 50));
    findings.reach("visible-p99", spread(visible, 99));
    findings.add(
        new Table(
            "A write at node1, 5,000/s, open loop",
            List.of("ms", "p50", "p99", "p99.9"),
            List.of(
                row("readable at node2", visible),
                row("answered by node1", answered.stream().map(Result::latencies).toList()))));
  }

  private static List<String> row(String name, List<Histogram> rounds) {
    return List.of(
        name,
        spread(rounds, 50).toString(),
        spread(rounds, 99).toString(),
        spread(rounds, 99.9).toString());
  }

  private static Spread spread(List<Histogram> rounds, double percentile) {
    return Spread.of(rounds.stream().map(round -> millis(round, percentile)).toList());
  }

  private static double millis(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }
}
