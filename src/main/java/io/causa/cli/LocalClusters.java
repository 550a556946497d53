package io.causa.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What {@code cluster} and {@code demo} do alike with a local cluster: start, show, close it. */
final class LocalClusters {
  private LocalClusters() {}

  /** Closes the cluster when this JVM ends, whatever ends it short of kill -9. */
  static void closeAtExit(LocalCluster cluster, PrintWriter out) {
    closeAtExit(cluster, out, () -> {});
  }

  /**
   * @param after done when no node is left
   */
  static void closeAtExit(LocalCluster cluster, PrintWriter out, Runnable after) {
    Runnable close =
        () -> {
          out.println("stopping the nodes …");
          out.flush();
          cluster.close();
          after.run();
          out.println("stopped; no process is left");
          out.flush();
        };
    Runtime.getRuntime().addShutdownHook(new Thread(close, "causa-stop-cluster"));
  }

  static void announce(ClusterSettings settings, List<NodePlan> plans, PrintWriter out) {
    String durability =
        settings.durability.directory == null
            ? "in memory (--data DIR would keep what they store)"
            : "keeping their data under " + settings.durability.directory.toAbsolutePath();
    out.printf("%d nodes, %s%n", plans.size(), durability);
    out.printf("logs in %s%n", plans.get(0).log().getParent());
    out.flush();
  }

  /** Starts the nodes and shows how far they are. */
  static void start(LocalCluster cluster, PrintWriter out) throws InterruptedException {
    start(cluster, cluster.nodes().size(), out);
  }

  /** Starts the first so many nodes and shows how far they are. */
  static void start(LocalCluster cluster, int first, PrintWriter out) throws InterruptedException {
    List<LocalNode> nodes = cluster.nodes().subList(0, first);
    StartProgress progress = new StartProgress(nodes, out, Ansi.AUTO.enabled(), System::nanoTime);
    if (!cluster.start(nodes, progress)) {
      throw new CommandFailure(ExitCode.TERMINATED, "stopped before the nodes were ready");
    }
    out.printf("ready after %.1f s%n", progress.elapsedSeconds());
    out.flush();
  }

  static void showFirstSteps(List<NodePlan> plans, PrintWriter out) {
    String first = plans.get(0).url();
    String last = plans.get(plans.size() - 1).url();
    out.printf("%nTry:%n");
    out.printf("  curl -X PUT -H 'Content-Type: text/plain' --data hello %s/kv/greeting%n", first);
    out.printf("  curl %s/kv/greeting%n", last);
    out.printf("  bin/causa --node %s status%n", last);
    out.printf("%nCtrl-C stops all of them.%n");
    out.flush();
  }
}
