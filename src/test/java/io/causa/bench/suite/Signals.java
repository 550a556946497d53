package io.causa.bench.suite;

import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Lets processes stand still, so that they take nothing from the one that is measured. */
final class Signals {

  private Signals() {}

  /** Stops processes: they keep their state and get no processor. */
  static void stop(Collection<Long> processes) {
    send("STOP", processes);
  }

  /** Lets processes go on. */
  static void goOn(Collection<Long> processes) {
    send("CONT", processes);
  }

  /** A process that has ended meanwhile is none of ours to complain about: its turn will. */
  private static void send(String signal, Collection<Long> processes) {
    String all = processes.stream().map(String::valueOf).collect(Collectors.joining(" "));
    if (all.isEmpty()) {
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + all)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException failed) {
      throw new BenchException("cannot send " + signal + " to " + all, failed);
    } catch (InterruptedException interrupted) {
      throw new BenchException("the run was interrupted", interrupted);
    }
  }
}
