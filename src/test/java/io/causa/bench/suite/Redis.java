package io.causa.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis in memory, with replicas or without: Debian's {@code redis-server}. */
record Redis(Lab lab, int port, List<Child> nodes) implements Server {

  private static final int START_SECONDS = 30;

  /** Replicas must not give their master up because all of them stood still for a while. */
  private static final String STANDSTILL_SECONDS = "3600";

  private static final String SETTLE_MILLIS = "60000";

  /** Returns what is missing on this machine; empty if nothing is. */
  static String missing() {
    boolean complete =
        Lab.find("redis-server").isPresent() && Lab.find("redis-benchmark").isPresent();
    return complete ? "" : "Redis is not installed: apt-get install redis-server redis-tools";
  }

  /** Starts a master with so many replicas, and waits until the replicas follow it. */
  static Redis start(Lab lab, int replicas) {
    int port = lab.ports(1 + replicas);
    List<Child> nodes = new ArrayList<>();
    for (int i = 0; i <= replicas; i++) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Lab.find("redis-server").orElseThrow().toString(),
                  "--bind",
                  Lab.HOST,
                  "--port",
                  Integer.toString(port + i),
                  "--save",
                  "",
                  "--appendonly",
                  "no",
                  "--repl-timeout",
                  STANDSTILL_SECONDS));
      if (i > 0) {
        command.addAll(List.of("--replicaof", Lab.HOST + " " + port));
      }
      nodes.add(lab.start("redis " + i, Map.of(), command));
    }
    Redis redis = new Redis(lab, port, nodes);
    redis.awaitReplicas(replicas);
    return redis;
  }

  private void awaitReplicas(int replicas) {
    for (int tries = 0; tries < START_SECONDS * 10; tries++) {
      nodes.forEach(Child::requireAlive);
      if (isFollowedBy(replicas)) {
        return;
      }
      Lab.sleepMillis(100);
    }
    throw new BenchException("the replicas of Redis do not follow; " + nodes.get(0).lastWords());
  }

  private boolean isFollowedBy(int replicas) {
    try {
      String told = ask("INFO", "replication");
      return told.lines().filter(line -> line.contains("state=online")).count() == replicas;
    } catch (BenchException notYet) {
      return false;
    }
  }

  private String ask(String... question) {
    List<String> command =
        new ArrayList<>(List.of("redis-cli", "-h", Lab.HOST, "-p", Integer.toString(port)));
    command.addAll(List.of(question));
    return lab.run("redis-cli", command);
  }

  /** SET by so many connections for about so long, without pipelining; keys as wrk's, 1,000. */
  Load set(int connections, int seconds, double expectedRate) {
    long requests = Math.max(connections, Math.round(expectedRate * seconds));
    return Load.ofRedis(
        lab.run(
            "redis-benchmark",
            List.of(
                "redis-benchmark",
                "-h",
                Lab.HOST,
                "-p",
                Integer.toString(port),
                "-c",
                Integer.toString(connections),
                "-P",
                "1",
                "-n",
                Long.toString(requests),
                "-d",
                Integer.toString(Wrk.VALUE_BYTES),
                "-r",
                Integer.toString(Wrk.KEYS),
                "-t",
                "set",
                "--csv")),
        requests);
  }

  @Override
  public String name() {
    return nodes.size() == 1 ? "Redis" : "Redis with %d replicas".formatted(nodes.size() - 1);
  }

  @Override
  public List<Long> processes() {
    return nodes.stream().map(Child::pid).toList();
  }

  @Override
  public void settle() {
    if (nodes.size() > 1) {
      ask("WAIT", Integer.toString(nodes.size() - 1), SETTLE_MILLIS);
    }
  }

  @Override
  public void close() {
    nodes.forEach(lab::end);
  }
}
