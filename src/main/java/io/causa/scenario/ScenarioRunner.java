package io.causa.scenario;

import io.causa.history.HistoryFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays scenarios on a cluster, one after the other, and prints what happens. Blocks its thread,
 * which must not be an event loop.
 *
 * <p>Each scenario ends in a verdict: from its own expectations, and from the history of everything
 * that its clients saw.
 */
public final class ScenarioRunner {
  /** How a run is made. */
  public record Options(Optional<Path> historyDirectory, long settleMillis) {
    /** No histories written; half a minute for the nodes to agree. */
    public static final Options DEFAULT = new Options(Optional.empty(), 30_000);

    /**
     * @param directory where each scenario's history is written as {@code <name>.jsonl}; the second
     *     of the same name as {@code <name>-2.jsonl}
     */
    public Options withHistory(Path directory) {
      return new Options(Optional.of(directory), settleMillis);
    }

    /**
     * @param millis how long the nodes may take to agree before and after each scenario
     */
    public Options withSettleMillis(long millis) {
      return new Options(historyDirectory, millis);
    }
  }

  private final Cluster cluster;
  private final PrintStream out;
  private final Options options;

  public ScenarioRunner(Cluster cluster, PrintStream out) {
    this(cluster, out, Options.DEFAULT);
  }

  public ScenarioRunner(Cluster cluster, PrintStream out, Options options) {
    this.cluster = cluster;
    this.out = out;
    this.options = options;
  }

  /** Plays them all, whatever their verdicts, and prints the table. */
  public Summary run(List<Scenario> scenarios) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Transcript.title(out, scenario);
      Verdict verdict = new ScenarioPlay(scenario, cluster, out, options.settleMillis()).play();
      out.printf("      %s %s%n", scenario.name(), verdict.outcome());
      verdicts.add(verdict);
      long turn = verdicts.stream().filter(it -> it.scenario().equals(scenario.name())).count();
      String file = scenario.name() + (turn == 1 ? "" : "-" + turn) + ".jsonl";
      options.historyDirectory().ifPresent(dir -> write(dir.resolve(file), verdict));
    }
    Summary summary = new Summary(verdicts);
    summary.print(out);
    return summary;
  }

  private static void write(Path file, Verdict verdict) {
    try {
      HistoryFile.write(file, verdict.history());
    } catch (IOException e) {
      throw new UncheckedIOException("the history cannot be written to " + file, e);
    }
  }
}
