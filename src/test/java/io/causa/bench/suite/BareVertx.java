package io.causa.bench.suite;

import io.causa.bench.BareServer;
import java.util.List;

/** The bare Vert.x server, which gives the answers of a node: {@link BareServer}. */
record BareVertx(Lab lab, int port, Child process) implements Server {

  /**
   * Starts it, and waits until it serves.
   *
   * @param imitated a node that answers already
   */
  static BareVertx start(Lab lab, int imitated) {
    int port = lab.ports(1);
    List<String> arguments = List.of(Integer.toString(port), Integer.toString(imitated));
    Child process =
        lab.start("bare Vert.x", java.util.Map.of(), lab.java(BareServer.class, arguments));
    Answers.awaitReady(process, port);
    return new BareVertx(lab, port, process);
  }

  @Override
  public String name() {
    return "bare Vert.x";
  }

  @Override
  public List<Long> processes() {
    return List.of(process.pid());
  }

  @Override
  public void close() {
    lab.end(process);
  }
}
