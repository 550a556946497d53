package io.causa.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, line by line, for people and for comparing two runs; costs nothing when off. */
final class Trace {

  private final Schedule schedule;
  private final boolean on;
  private final List<String> lines = new ArrayList<>();

  Trace(Schedule schedule, boolean on) {
    this.schedule = schedule;
    this.on = on;
  }

  /**
   * @param who a node, a client or the world
   * @param parts printed one after the other
   */
  void say(String who, Object... parts) {
    if (on) {
      StringBuilder line = new StringBuilder();
      line.append("%10.3f ms  %-8s".formatted(schedule.nowMicros() / 1000.0, who));
      for (Object part : parts) {
        line.append(' ').append(part);
      }
      lines.add(line.toString());
    }
  }

  List<String> lines() {
    return lines;
  }
}
