package io.causa.cli;

import io.causa.torture.Torture;
import io.causa.torture.TortureOptions;
import io.causa.torture.TortureReport;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code causa torture}: real nodes, a random load, random faults, a verdict. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Starts nodes on this machine and disturbs them: clients that move from node to node read and"
          + " write at random, while nodes are killed, stopped, paused and started again and links"
          + " are cut, delayed and confused. Then everything is healed, and what the clients saw is"
          + " judged.",
      "",
      "Ends with 0 if every promise was kept, otherwise with 1."
    },
    footer = {"", "Example:", "  causa torture --nodes 5 --seconds 60 --seed 7 --data /tmp/causa"},
    sortOptions = false)
final class TortureCommand implements Callable<Integer> {
  private final Installation installation;
  private final PrintStream out;

  @Spec CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes, 1 to 16 (default: ${DEFAULT-VALUE}).")
  int nodes = 3;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long load and faults last (default: ${DEFAULT-VALUE}).")
  int seconds = 30;

  @Option(
      names = "--seed",
      paramLabel = "X",
      description = "Load and faults are drawn from it (default: a new one, which is printed).")
  Long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a second, of all clients together (default: ${DEFAULT-VALUE}).")
  int rate = 600;

  @Option(
      names = "--grow-from",
      paramLabel = "N",
      description =
          "Instead of faults: begin with N of the nodes; the others join under load, one after the"
              + " other, and then leave for good. Ends when that is done, or after --seconds.")
  Integer growFrom;

  @ArgGroup(exclusive = true)
  ClusterSettings.Durability durability = new ClusterSettings.Durability();

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Writes what the clients saw as JSON lines.")
  Path history;

  @Mixin HistoryOutput output = new HistoryOutput();

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Where the nodes' logs go (default: under target/logs).")
  Path logs;

  TortureCommand(Installation installation, PrintStream out) {
    this.installation = installation;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClusterSettings settings = settings();
    TortureOptions options = options();
    List<NodePlan> plans = ClusterPlan.of(settings, installation);
    LocalCluster cluster = new LocalCluster(plans, installation);
    LocalClusters.closeAtExit(cluster, out());
    out().printf("seed %d%n", options.seed());
    LocalClusters.announce(settings, plans, out());
    TortureReport report;
    try (cluster) {
      LocalClusters.start(cluster, founders(), out());
      report = torture(options, plans, cluster);
    }
    report.print(out);
    HistoryOutput.save(history, report.history());
    output.export(report.history(), out);
    out.printf("%s (seed %d)%n", report.passed() ? "PASSED" : "FAILED", options.seed());
    return report.passed() ? ExitCode.OK : ExitCode.FAILED_VERDICT;
  }

  /** How many nodes there are at the start. */
  private int founders() {
    return growFrom == null ? nodes : growFrom;
  }

  private ClusterSettings settings() {
    ClusterSettings settings = new ClusterSettings();
    settings.spec = spec;
    settings.nodes = nodes;
    settings.basePort = 0;
    settings.durability = durability;
    settings.faults = true;
    settings.logs = logs;
    settings.check();
    if (founders() < 1 || founders() > nodes) {
      throw new ParameterException(
          spec.commandLine(),
          "--grow-from is %d, allowed is 1 to %d (--nodes)".formatted(growFrom, nodes));
    }
    return settings;
  }

  private TortureOptions options() {
    long chosen = seed != null ? seed : new Random().nextInt(Integer.MAX_VALUE);
    try {
      return TortureOptions.of(chosen, seconds * 1000L, durability.directory != null, rate);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(ExitCode.USAGE, wrong.getMessage(), wrong);
    }
  }

  private TortureReport torture(TortureOptions options, List<NodePlan> plans, LocalCluster cluster)
      throws InterruptedException {
    Map<String, String> urls = new LinkedHashMap<>();
    plans.forEach(plan -> urls.put(plan.id(), plan.url()));
    Vertx vertx = ClientVertx.start();
    try {
      LocalNodePower power = new LocalNodePower(cluster);
      Torture torture =
          growFrom == null
              ? new Torture(vertx, options, urls, power, out)
              : Torture.resizing(vertx, options, urls, power, growFrom, out);
      return torture.run();
    } finally {
      vertx.close();
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
