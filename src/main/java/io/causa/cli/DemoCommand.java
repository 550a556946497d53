package io.causa.cli;

import io.causa.client.CausaClient;
import io.causa.scenario.Scenario;
import io.causa.scenario.Summary;
import io.causa.scenario.Verdict;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code causa demo}: a cluster, all scenarios, their verdicts, the end. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts three nodes, plays every scenario on them, prints each step with the clocks and a"
          + " table of verdicts, and stops the nodes.",
      "",
      "Ends with 0 if every scenario passed, otherwise with 1."
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private final Installation installation;
  private final PrintStream transcript;

  @Spec CommandSpec spec;

  @Option(
      names = "--base-port",
      paramLabel = "PORT",
      description = "The HTTP port of node1; the others follow it (default: any free ones).")
  int basePort;

  @Option(names = "--keep", description = "Keep the nodes running until Ctrl-C.")
  boolean keep;

  @Mixin LookOptions appearance = new LookOptions();

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Writes what the clients saw to DIR/<scenario>.jsonl.")
  Path history;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Where the nodes' logs go (default: under target/logs).")
  Path logs;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Scenarios, or directories of them (default: those that come with Causa).")
  List<Path> files = List.of();

  DemoCommand(Installation installation, PrintStream transcript) {
    this.installation = installation;
    this.transcript = transcript;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Scenario> scenarios =
        Scenarios.read(files.isEmpty() ? List.of(installation.scenarios()) : files);
    ClusterSettings settings = settings();
    List<NodePlan> plans = ClusterPlan.of(settings, installation);
    LocalCluster cluster = new LocalCluster(plans, installation);
    LocalClusters.closeAtExit(cluster, out());
    LocalClusters.announce(settings, plans, out());
    LocalClusters.start(cluster, out());
    cluster.watch(node -> spec.commandLine().getErr().println("causa: " + node.epitaph()));
    Summary summary = play(scenarios, plans, cluster);
    stayIfAsked(plans);
    return allPassed(summary) ? ExitCode.OK : ExitCode.FAILED_VERDICT;
  }

  private ClusterSettings settings() {
    ClusterSettings settings = new ClusterSettings();
    settings.spec = spec;
    settings.basePort = basePort;
    settings.faults = true;
    settings.logs = logs;
    settings.check();
    return settings;
  }

  private Summary play(List<Scenario> scenarios, List<NodePlan> plans, LocalCluster cluster)
      throws InterruptedException {
    Vertx vertx = ClientVertx.start();
    try {
      return Scenarios.play(
          url -> CausaClient.open(vertx, url),
          scenarios,
          plans.stream().map(NodePlan::url).toList(),
          Optional.of(new LocalNodeControl(vertx, cluster)),
          Optional.ofNullable(history),
          appearance.look(),
          transcript);
    } finally {
      vertx.close();
    }
  }

  /** A demonstration that leaves something out has not shown it. */
  private static boolean allPassed(Summary summary) {
    return summary.count(Verdict.Outcome.PASSED) == summary.verdicts().size();
  }

  private void stayIfAsked(List<NodePlan> plans) throws InterruptedException {
    if (keep) {
      LocalClusters.showFirstSteps(plans, out());
      new CountDownLatch(1).await(); // until a signal ends the JVM
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
