package io.causa.scenario;

import io.causa.history.HistoryFile;
import io.causa.scenario.page.Page;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Plays scenarios on a cluster, one after the other, and prints what happens. Blocks its thread,
 * which must not be an event loop.
 *
 * <p>Each scenario ends in a verdict: from its own expectations, and from the history of everything
 * that its clients saw.
 */
public final class ScenarioRunner {
  /** How a run is made. */
  public record Options(Optional<Path> historyDirectory, long settleMillis, Look look) {
    /** No histories written; half a minute for the nodes to agree; plain text. */
    public static final Options DEFAULT = new Options(Optional.empty(), 30_000, Look.PLAIN);

    /**
     * @param directory where each scenario's history is written as {@code <name>.jsonl}; the second
     *     of the same name as {@code <name>-2.jsonl}
     */
    public Options withHistory(Path directory) {
      return new Options(Optional.of(directory), settleMillis, look);
    }

    /**
     * @param millis how long the nodes may take to agree before and after each scenario
     */
    public Options withSettleMillis(long millis) {
      return new Options(historyDirectory, millis, look);
    }

    /** How the play is shown. */
    public Options withLook(Look how) {
      return new Options(historyDirectory, settleMillis, how);
    }
  }

  /** So many names for plays, of at most five characters. */
  private static final int PLAYS = 36 * 36 * 36 * 36 * 36;

  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Cluster cluster;
  private final Page page;
  private final Options options;

  public ScenarioRunner(Cluster cluster, PrintStream out) {
    this(cluster, out, Options.DEFAULT);
  }

  public ScenarioRunner(Cluster cluster, PrintStream out, Options options) {
    this.cluster = cluster;
    page = new Page(out, options.look().width(), options.look().colour());
    this.options = options;
  }

  /** Plays them all, whatever their verdicts, and prints the table. */
  public Summary run(List<Scenario> scenarios) {
    Legend legend = new Legend(page, options.look());
    legend.print(cluster.nodes().stream().map(Cluster.Node::name).toList());
    List<Verdict> verdicts = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Announcements.title(page, scenario);
      Verdict verdict = play(scenario, legend);
      Announcements.verdict(page, verdict);
      verdicts.add(verdict);
      long turn = verdicts.stream().filter(it -> it.scenario().equals(scenario.name())).count();
      String file = scenario.name() + (turn == 1 ? "" : "-" + turn) + ".jsonl";
      options.historyDirectory().ifPresent(dir -> write(dir.resolve(file), verdict));
    }
    Summary summary = new Summary(verdicts);
    Announcements.summary(page, summary);
    return summary;
  }

  private Verdict play(Scenario scenario, Legend legend) {
    OwnKeys keys =
        OwnKeys.of(scenario, Integer.toString(random.nextInt(PLAYS), Character.MAX_RADIX));
    Nodes nodes = new Nodes(cluster);
    var transcript = new Transcript(page, legend, options.look(), nodes, keys.prefix());
    return new ScenarioPlay(scenario, keys, nodes, transcript, options.settleMillis()).play();
  }

  private static void write(Path file, Verdict verdict) {
    try {
      HistoryFile.write(file, verdict.history());
    } catch (IOException e) {
      throw new UncheckedIOException("the history cannot be written to " + file, e);
    }
  }
}
