package io.causa.bench.suite;

import io.causa.bench.BareServer;
import java.util.List;
import java.util.Map;

/** The bare Vert.x server, which gives the answers of a node: {@link BareServer}. */
record BareVertx(Lab lab, int port, Child process) implements Server {

  /**
   * Starts it, waits until it serves, and puts the usual keys.
   *
   * @param imitated a node that answers already
   */
  static BareVertx start(Lab lab, int imitated) {
    int port = lab.ports(1);
    List<String> arguments = List.of(Integer.toString(port), Integer.toString(imitated));
    Child process = lab.start("bare Vert.x", Map.of(), lab.java(BareServer.class, arguments));
    Answers.awaitReady(process, port);
    Answers.putAll(port);
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
