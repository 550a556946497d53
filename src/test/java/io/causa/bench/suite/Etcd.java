package io.causa.bench.suite;

import io.causa.bench.load.EtcdLoad;
import java.util.List;
import java.util.Map;

/** One etcd, which syncs each group of writes: Debian's {@code etcd-server}; and its clients. */
record Etcd(Lab lab, Child process, Child clients) implements Server {

  /** Over which the clients share their puts. */
  private static final int CONNECTIONS = 4;

  private static final int PATIENCE_SECONDS = 60;

  /** Returns what is missing on this machine; empty if nothing is. */
  static String missing() {
    return Lab.find("etcd").isPresent() ? "" : "etcd is not installed: apt-get install etcd-server";
  }

  /** Starts it with its data beside that of the others, and waits until it is healthy. */
  static Etcd start(Lab lab, int clients) {
    int port = lab.ports(2);
    String url = "http://" + Lab.HOST + ":" + port;
    String peers = "http://" + Lab.HOST + ":" + (port + 1);
    Child process =
        lab.start(
            "etcd",
            Map.of(),
            List.of(
                Lab.find("etcd").orElseThrow().toString(),
                "--name=bench",
                "--data-dir=" + lab.scratch().resolve("etcd-data"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=bench=" + peers,
                "--quota-backend-bytes=8589934592",
                "--logger=zap",
                "--log-level=error"));
    Answers.await(process, port, "/health");
    List<String> arguments =
        List.of(Integer.toString(port), Integer.toString(CONNECTIONS), Integer.toString(clients));
    return new Etcd(lab, process, lab.startAsked("etcd clients", EtcdLoad.class, arguments));
  }

  /** Puts for so many seconds, all clients at once. */
  Load put(int seconds) {
    Load load = Load.ofNumbers(clients.ask(Integer.toString(seconds), seconds + PATIENCE_SECONDS));
    if (load.failures() > 0) {
      throw new BenchException(load.failures() + " puts to etcd failed; " + clients.lastWords());
    }
    return load;
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public List<Long> processes() {
    return List.of(process.pid());
  }

  @Override
  public void close() {
    lab.end(clients);
    lab.end(process);
  }
}
