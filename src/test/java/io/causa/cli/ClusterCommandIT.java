package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.cli.playground.Playgrounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code causa cluster} and its processes, with nodes that only pretend. */
@Timeout(120)
class ClusterCommandIT {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();

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
      List<String> lines = cluster.readUntil("Start it again with: bin/causa cluster start node2");
      assertThat(lines).anyMatch(line -> line.contains("ended with exit code 137"));
      assertThat(cluster.nodes()).hasSize(2);
    }
  }

  @Test
  void anotherTerminalKillsStartsAddsPausesAndStops() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0", "--nodes", "2")) {
      cluster.readUntil("Ctrl-C");
      assertThat(causa("kill", "node2")).isZero();
      assertThat(answers()).contains("node2 is killed (SIGKILL); start it again with");
      assertThat(cluster.nodes()).hasSize(1);
      assertThat(causa("start", "node2")).isZero();
      assertThat(answers()).contains("node2 is ready at http://127.0.0.1:");
      assertThat(cluster.readUntil("node2    ready")).anyMatch(line -> line.contains("(memory)"));

      assertThat(causa("add")).isZero();
      assertThat(answers()).contains("node3 is ready at http://127.0.0.1:");
      assertThat(causa("pause", "node3")).isZero();
      assertThat(causa("list", "--json")).isZero();
      assertThat(answers()).containsPattern("\"name\" : \"node3\",\\s+\"state\" : \"paused\"");
      assertThat(causa("start", "node3")).isEqualTo(ExitCode.REFUSED);
      assertThat(causa("resume", "node3")).isZero();
      assertThat(causa("stop", "node9")).isEqualTo(ExitCode.USAGE);
      assertThat(cluster.nodes()).hasSize(3);

      assertThat(causa("pause", "node1")).isZero();
      assertThat(causa("down")).isZero();
      assertThat(cluster.awaitExitCode()).isEqualTo(ExitCode.OK);
      assertThat(cluster.readAll()).contains("no process is left");
      assertThat(causa("stop")).isEqualTo(ExitCode.UNREACHABLE);
    }
  }

  @Test
  void aPausedNodeOfAKilledClusterIsNotLeftBehind() throws Exception {
    try (ClusterProcess cluster = cluster("--base-port", "0", "--nodes", "1")) {
      cluster.readUntil("Ctrl-C");
      List<ProcessHandle> nodes = cluster.nodes();
      assertThat(causa("pause", "node1")).isZero();
      cluster.kill();
      cluster.readAll();
      assertThat(causa("list")).isZero();
      assertThat(answers()).isEmpty();
      ClusterProcess.awaitGone(nodes);
      try (Stream<Path> left = Files.list(home.resolve("run"))) {
        assertThat(left).isEmpty();
      }
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

  /** A command in another terminal, which here is this process. */
  private int causa(String... words) {
    out.getBuffer().setLength(0);
    List<String> command = new ArrayList<>(List.of("cluster"));
    command.addAll(List.of(words));
    return CausaCommand.commandLine(
            PretendedNode.installation(home), System.out, new Playgrounds(home.resolve("run")))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(command.toArray(String[]::new));
  }

  private String answers() {
    return out.toString();
  }

  private ClusterProcess cluster(String... flags) throws IOException {
    List<String> command = new ArrayList<>(PretendedNode.jvm(PretendedCluster.class));
    command.addAll(List.of(home.toString(), "cluster", "--logs", home.resolve("logs").toString()));
    command.addAll(List.of(flags));
    return new ClusterProcess(command, home.resolve("run"));
  }
}
