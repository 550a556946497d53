package io.causa.bench.suite;

import java.util.ArrayList;
import java.util.List;

/** Three processes, the first of which is a load program that writes what the others receive. */
record Members(Lab lab, String name, List<Child> processesOfIt) implements Server {

  private static final int COUNT = 3;
  private static final int START_SECONDS = 60;
  private static final int PATIENCE_SECONDS = 90;

  /**
   * Starts three processes of one program, and waits until they have found each other.
   *
   * @param role what the first one does; the others receive
   */
  static Members of(Lab lab, String name, Class<?> program, String role) {
    int port = lab.ports(3 * COUNT);
    List<Child> members = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      List<String> arguments =
          List.of(
              i == 0 ? role : "receive",
              Integer.toString(port + COUNT + i),
              CausaNodes.contacts(port, COUNT),
              Integer.toString(program.getSimpleName().equals("BusLoad") ? i : COUNT));
      members.add(lab.startAsked(name + " " + i, program, arguments));
    }
    for (Child member : members) {
      awaitAll(member);
    }
    return new Members(lab, name, members);
  }

  private static void awaitAll(Child member) {
    for (int tries = 0; tries < START_SECONDS * 10; tries++) {
      if (member.ask("members", START_SECONDS).equals(Integer.toString(COUNT))) {
        return;
      }
      Lab.sleepMillis(100);
    }
    throw new BenchException("the members have not found each other; " + member.lastWords());
  }

  /** Starts three nodes of Causa, the first of them within a load program. */
  static Members ofCausa(Lab lab, Class<?> program) {
    int port = lab.ports(3 * COUNT);
    List<Child> members = new ArrayList<>();
    members.add(lab.startAsked("Causa 0", program, settings(port, 0)));
    for (int i = 1; i < COUNT; i++) {
      List<String> command = CausaNodes.command(lab, port, i, COUNT);
      command.add("--memory");
      members.add(lab.start("Causa " + i, lab.nodeVariables(Lab.jdk(), ""), command));
    }
    for (int i = 0; i < COUNT; i++) {
      Answers.awaitReady(members.get(i), port + i);
    }
    return new Members(lab, "Causa", members);
  }

  /** Returns the settings of a node within a load program; the others have them as flags. */
  static List<String> settings(int port, int index) {
    return List.of(
        "node.id=node" + (index + 1),
        "http.port=" + (port + index),
        "cluster.port=" + (port + COUNT + index),
        "cluster.busPort=" + (port + 2 * COUNT + index),
        "cluster.join=" + CausaNodes.contacts(port, COUNT),
        "cluster.name=bench-" + port);
  }

  /** Writes for so many seconds, and until all has arrived. */
  Load load(int seconds) {
    return Load.ofNumbers(
        processesOfIt.get(0).ask(Integer.toString(seconds), seconds + PATIENCE_SECONDS));
  }

  @Override
  public List<Long> processes() {
    return processesOfIt.stream().map(Child::pid).toList();
  }

  @Override
  public void close() {
    processesOfIt.forEach(lab::end);
  }
}
