package io.causa.bench.suite;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes of one cluster, each a process of {@code bin/causa node}, as users start it.
 *
 * @param firstPort the port of HTTP of the first node; the others follow
 */
record CausaNodes(Lab lab, String name, int firstPort, List<Child> nodes) implements Server {

  /** The key whose read shows that writes have arrived. */
  private static final String PROBE = "/kv/bench-1";

  /**
   * Starts nodes, waits until they serve, and puts the usual keys.
   *
   * @param javaFlags for the JVM of the first one
   * @param flags for each; {@code %s} in them stands for the name of the node
   */
  static CausaNodes start(Lab lab, String name, int count, String javaFlags, String... flags) {
    return start(lab, name, count, Lab.jdk(), javaFlags, flags);
  }

  /**
   * Starts nodes on another JDK.
   *
   * @param jdk its home
   */
  static CausaNodes start(
      Lab lab, String name, int count, Path jdk, String javaFlags, String... flags) {
    int port = lab.ports(3 * count);
    List<Child> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> command = command(lab, port, i, count);
      String id = "node" + (i + 1);
      Arrays.stream(flags).map(flag -> flag.replace("%s", id)).forEach(command::add);
      nodes.add(
          lab.start(name + " " + id, lab.nodeVariables(jdk, i == 0 ? javaFlags : ""), command));
    }
    for (int i = 0; i < count; i++) {
      Answers.awaitReady(nodes.get(i), port + i);
    }
    Answers.putAll(port);
    return new CausaNodes(lab, name, port, nodes);
  }

  /** Returns the command of a node of a cluster that takes three ports for each node. */
  static List<String> command(Lab lab, int port, int index, int count) {
    return new ArrayList<>(
        List.of(
            lab.home().resolve("bin/causa").toString(),
            "node",
            "--id=node" + (index + 1),
            "--port=" + (port + index),
            "--cluster-port=" + (port + count + index),
            "--bus-port=" + (port + 2 * count + index),
            "--join=" + contacts(port, count),
            "--cluster=bench-" + port));
  }

  /** Returns the addresses by which the nodes find each other. */
  static String contacts(int port, int count) {
    return IntStream.range(port + count, port + 2 * count)
        .mapToObj(each -> Lab.HOST + ":" + each)
        .collect(Collectors.joining(","));
  }

  int port(int index) {
    return firstPort + index;
  }

  int count() {
    return nodes.size();
  }

  @Override
  public List<Long> processes() {
    return nodes.stream().map(Child::pid).toList();
  }

  /** Every node answers a read that carries what the others have seen. */
  @Override
  public void settle() {
    for (int from = 0; from < count() && count() > 1; from++) {
      HttpResponse<byte[]> seen = Answers.get(port(from), PROBE);
      String context = seen.headers().firstValue("Causa-Context").orElseThrow();
      for (int to = 0; to < count(); to++) {
        Answers.get(port(to), PROBE, "Causa-Context", context, "Prefer", "wait=60");
      }
    }
  }

  @Override
  public void close() {
    nodes.forEach(lab::end);
  }
}
