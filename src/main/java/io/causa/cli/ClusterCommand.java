package io.causa.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code causa cluster}: some nodes on this machine, until Ctrl-C. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts three nodes on this machine, on ports 5001 to 5003, and stays until Ctrl-C or TERM.",
      "",
      "Each node is a process of its own; none is left behind, not even if this one is killed. A"
          + " node that dies is reported and the others go on."
    },
    footer = {"", "Example:", "  causa cluster --nodes 5 --base-port 6001 --data data"},
    sortOptions = false)
final class ClusterCommand implements Callable<Integer> {
  private final Installation installation;

  @Spec CommandSpec spec;
  @Mixin ClusterSettings settings = new ClusterSettings();

  ClusterCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws InterruptedException {
    settings.check();
    List<NodePlan> plans = ClusterPlan.of(settings, installation);
    LocalCluster cluster = new LocalCluster(plans, installation);
    LocalClusters.closeAtExit(cluster, out());
    LocalClusters.announce(settings, plans, out());
    LocalClusters.start(cluster, out());
    LocalClusters.showFirstSteps(plans, out());
    awaitLastEnd(cluster);
    throw new CommandFailure(ExitCode.NODE_FAILED, "no node is left");
  }

  private void awaitLastEnd(LocalCluster cluster) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(cluster.nodes().size());
    cluster.watch(
        node -> {
          spec.commandLine().getErr().println("causa: " + node.epitaph());
          running.countDown();
        });
    running.await();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
