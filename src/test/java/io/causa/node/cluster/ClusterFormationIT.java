package io.causa.node.cluster;

import io.causa.TestPorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three real processes become one cluster whose event bus works, whoever starts when. */
class ClusterFormationIT {
  private static final String ALL = "node1,node2,node3";

  private final List<FormationProcess> started = new ArrayList<>();
  private int[] ports;
  private String join;

  @BeforeEach
  void choosePorts() {
    // Sorted, so that node1 is the first contact.
    ports = IntStream.range(0, 3).map(node -> TestPorts.free()).sorted().toArray();
    join =
        Arrays.stream(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  @AfterEach
  void endAll() {
    started.forEach(FormationProcess::close);
  }

  @Test
  void threeNodesStartedAtOnceAreOneCluster() throws InterruptedException {
    awaitAll(start(1), start(2), start(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2 3", "3 2 1", "2 3 1"})
  void nodesStartedOneAfterTheOtherAreOneCluster(String sequence) throws InterruptedException {
    for (String number : sequence.split(" ")) {
      start(Integer.parseInt(number)).awaitJoined();
    }

    awaitAll(started.toArray(FormationProcess[]::new));
  }

  @Test
  void withTheFirstContactAbsentTheOthersFormAClusterThatItJoinsLater()
      throws InterruptedException {
    FormationProcess second = start(2);
    FormationProcess third = start(3);
    second.awaitHears("node2,node3");
    third.awaitHears("node2,node3");

    awaitAll(start(1), second, third);
  }

  @Test
  void aKilledFounderComesBackIntoTheLivingCluster() throws InterruptedException {
    FormationProcess first = start(1);
    awaitAll(first, start(2), start(3));

    first.kill();

    start(1).awaitHears(ALL);
  }

  @Test
  void allNodesLeaveAndStartAgain() throws IOException, InterruptedException {
    List<FormationProcess> before = List.of(start(1), start(2), start(3));
    awaitAll(before.toArray(FormationProcess[]::new));
    for (FormationProcess process : before) {
      process.leave();
    }

    awaitAll(start(3), start(1), start(2));
  }

  private FormationProcess start(int number) {
    FormationProcess process = FormationProcess.start("node" + number, ports[number - 1], join);
    started.add(process);
    return process;
  }

  private static void awaitAll(FormationProcess... processes) throws InterruptedException {
    for (FormationProcess process : processes) {
      process.awaitHears(ALL);
    }
  }
}
