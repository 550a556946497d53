package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole node is killed under load, several times; {@code bin/bench crash} does it for longer. */
class CrashCyclesIT {

  private static final int CYCLES = 3;
  private static final int MOST_WRITES = 400;

  @TempDir Path directory;

  @Test
  @Timeout(180)
  void aKilledNodeStartsWithAllThatItAcknowledgedAndGivesNoVersionTwice() throws Exception {
    long seed = System.nanoTime();
    List<String> fsync = List.of("--set", "storage.mode=fsync");
    try (var cycles =
        new CrashCycles(Installation.ofThisProcess(), directory, fsync, MOST_WRITES, seed)) {
      CrashReport report = cycles.run(CYCLES, progress -> {});

      assertThat(report.wrong()).as("seed %d", seed).isEmpty();
      assertThat(report.lost()).as("seed %d, %s", seed, report).isZero();
      assertThat(report.acknowledged()).isGreaterThanOrEqualTo(CYCLES);
    }
  }
}
