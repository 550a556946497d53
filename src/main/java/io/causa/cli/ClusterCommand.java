package io.causa.cli;

import io.causa.cli.playground.Playgrounds;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code causa cluster}: some nodes on this machine, until Ctrl-C. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts three nodes on this machine, on ports 5001 to 5003, and stays until Ctrl-C or TERM."
          + " Another terminal stops, starts, kills and pauses single nodes, and adds some.",
      "",
      "Each node is a process of its own; none is left behind, not even if this one is killed. A"
          + " node that dies is reported and the others go on."
    },
    commandListHeading = "%nFrom another terminal:%n",
    footer = {
      "",
      "Examples:",
      "  causa cluster --nodes 5 --base-port 6001 --data data",
      "  causa cluster kill node2        (from another terminal)",
      "  causa cluster start node2"
    },
    sortOptions = false)
final class ClusterCommand implements Callable<Integer> {
  private final Installation installation;
  private final Playgrounds playgrounds;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean allDead;

  @Spec CommandSpec spec;
  @Mixin ClusterSettings settings = new ClusterSettings();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What other terminals call this cluster (default: cluster-<port of node1>).")
  String name;

  ClusterCommand(Installation installation, Playgrounds playgrounds) {
    this.installation = installation;
    this.playgrounds = playgrounds;
  }

  /** The command with those for another terminal. */
  static CommandLine commandLine(Installation installation, Playgrounds playgrounds) {
    CommandLine cluster = new CommandLine(new ClusterCommand(installation, playgrounds));
    ClusterVerbs.all(playgrounds).forEach(cluster::addSubcommand);
    return cluster;
  }

  @Override
  public Integer call() throws InterruptedException {
    settings.check();
    checkName();
    PlaygroundHost.requireOwn(playgrounds, name, settings.httpPorts());
    ClusterPlan plan = new ClusterPlan(settings, installation);
    List<NodePlan> plans = plan.nodes();
    LocalCluster cluster = new LocalCluster(plans, installation);
    String called = name != null ? name : "cluster-" + plans.get(0).httpPort();
    PlaygroundHost host =
        new PlaygroundHost(playgrounds, called, cluster, settings.durability.directory);
    LocalClusters.closeAtExit(cluster, out(), host::close);
    LocalClusters.announce(settings, plans, out());
    PlaygroundControl control = new PlaygroundControl(cluster, plan, host, this::say, this::endNow);
    openTo(host, control);
    LocalClusters.start(cluster, out());
    cluster.watch(node -> report(cluster, host, node));
    host.update();
    control.begin();
    out().printf("%n%s%n%s%n", called, PlaygroundView.addresses(host.describe(false)));
    out().println("From another terminal: bin/causa cluster list, add, down,");
    out().println("  or start, stop, kill, pause, resume with a node's name");
    LocalClusters.showFirstSteps(plans, out());
    end.await();
    if (allDead) {
      throw new CommandFailure(ExitCode.NODE_FAILED, "no node is left");
    }
    return ExitCode.OK;
  }

  private void checkName() {
    if (name != null && !name.matches(Playgrounds.NAME)) {
      throw new ParameterException(
          spec.commandLine(),
          "--name is \"%s\", allowed are 1 to 32 letters, digits, - and _".formatted(name));
    }
  }

  /** The cluster itself does not need to be controlled by others. */
  private void openTo(PlaygroundHost host, PlaygroundControl control) {
    try {
      host.open(control);
    } catch (CommandFailure failed) {
      spec.commandLine().getErr().println("causa: " + failed.getMessage());
    }
  }

  /** A node that dies can be started again; a cluster of which every node has died is over. */
  private void report(LocalCluster cluster, PlaygroundHost host, LocalNode node) {
    String again = host.command("start " + node.plan().id());
    spec.commandLine()
        .getErr()
        .printf("causa: %s%nStart it again with: %s%n", node.epitaph(), again);
    spec.commandLine().getErr().flush();
    host.update();
    if (cluster.nodes().stream().allMatch(LocalNode::hasDied)) {
      allDead = true;
      end.countDown();
    }
  }

  /** Also while the nodes are still starting; the shutdown hook stops them. */
  private void endNow() {
    new Thread(() -> System.exit(ExitCode.OK), "causa-end").start();
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
