package io.causa.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** How long processes have had a processor, all their threads together, from {@code /proc}. */
final class ProcessTimes {

  /** Linux tells user programs a hundred ticks a second on every machine. */
  private static final double SECONDS_PER_TICK = 0.01;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private ProcessTimes() {}

  /** Returns the seconds of all of them, in user code and in the kernel. */
  static double seconds(Collection<Long> processes) throws IOException {
    double seconds = 0;
    for (long process : processes) {
      seconds += seconds(Files.readString(Path.of("/proc", Long.toString(process), "stat")));
    }
    return seconds;
  }

  /**
   * @param stat the line of {@code /proc/PID/stat}; the name in it may have spaces and parentheses
   */
  static double seconds(String stat) {
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(behindName[USER_TICKS]) + Long.parseLong(behindName[SYSTEM_TICKS]))
        * SECONDS_PER_TICK;
  }
}
