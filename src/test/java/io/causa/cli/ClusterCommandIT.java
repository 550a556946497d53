package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code causa cluster} and its processes, with nodes that only pretend. */
@Timeout(120)
class ClusterCommandIT {
  @TempDir Path home;

  @Test
  void itShowsHowFarTheNodesAreAndWhereTheyListen() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0", "--nodes", "2")) {
      List<String> lines = cluster.readUntil("Ctrl-C");
      assertThat(lines).anyMatch(line -> line.contains("node1    starting"));
      assertThat(lines).anyMatch(line -> line.contains("node2    ready"));
      assertThat(lines).anyMatch(line -> line.contains("curl -X PUT"));
      assertThat(cluster.urls()).hasSize(2).doesNotHaveDuplicates();
    }
  }

  @Test
  void afterTermNoProcessIsLeft() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0")) {
      cluster.readUntil("Ctrl-C");
      List<ProcessHandle> nodes = cluster.nodes();
      assertThat(nodes).hasSize(3);
      cluster.terminate();
      assertThat(cluster.awaitExitCode()).isEqualTo(ExitCode.TERMINATED);
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
      assertThat(cluster.readAll()).contains("no process is left");
    }
  }

  @Test
  void afterKillNoProcessIsLeftEither() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0")) {
      cluster.readUntil("Ctrl-C");
      List<ProcessHandle> nodes = cluster.nodes();
      cluster.kill();
      ClusterProcess.awaitGone(nodes);
      assertThat(nodes).hasSize(3);
    }
  }

  @Test
  void aNodeThatDiesIsReportedAndTheOthersGoOn() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0")) {
      cluster.readUntil("Ctrl-C");
      List<ProcessHandle> nodes = cluster.nodes();
      nodes.get(1).destroyForcibly();
      cluster.readUntil("ended with exit code 137");
      assertThat(cluster.nodes()).hasSize(2);
    }
  }

  @Test
  void aNodeThatCannotStartEndsItWithTheNodesLastLines() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0", "--set", "pretend=dies")) {
      assertThat(cluster.readAll()).contains("a reason to die");
      assertThat(cluster.awaitExitCode()).isEqualTo(ExitCode.NODE_FAILED);
    }
  }

  @Test
  void aTakenPortIsNamedWithTheFlagThatChangesIt() throws Exception {
    InetAddress host = InetAddress.getByName(ClusterPlan.HOST);
    try (ServerSocket taken = new ServerSocket(new Ports(ClusterPlan.HOST).free(), 1, host);
        ClusterProcess cluster = cluster("--base-port", "" + taken.getLocalPort())) {
      assertThat(cluster.readAll())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--base-port");
      assertThat(cluster.awaitExitCode()).isEqualTo(ExitCode.NODE_FAILED);
    }
  }

  private ClusterProcess cluster(String... flags) throws IOException {
    List<String> command = new ArrayList<>(PretendedNode.jvm(PretendedCluster.class));
    command.addAll(List.of(home.toString(), "cluster", "--logs", home.resolve("logs").toString()));
    command.addAll(List.of(flags));
    return new ClusterProcess(command);
  }
}
