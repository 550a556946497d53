package io.causa.storage;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed in the middle of its commits loses none that it acknowledged. */
class KilledProcessIT {

  private static final int KEYS = 10;
  private static final long LOG_BYTES = 1L << 30;

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Timeout(120)
  void everyAcknowledgedCommitIsFoundAfterAKill(Durability durability, @TempDir Path directory)
      throws Exception {
    Process process = start(directory, durability);
    long acknowledged = killAfter(500, process);

    Storage storage = RocksStorage.open(options(directory, durability), () -> 99);
    Recovered recovered = storage.recovered();
    Replica self = recovered.self();
    long applied = recovered.applied().get(self);

    assertThat(self.generation() >> 11).as("the millisecond of the first start").isEqualTo(7);
    assertThat(applied).isGreaterThanOrEqualTo(acknowledged);
    assertThat(recovered.lamport()).isEqualTo(applied);
    assertThat(readAll(storage, self, applied)).hasSize((int) applied);
    assertStatesAreOf(recovered, applied);
    Stages.await(storage.close());
  }

  /** The mark of what was synced is in no buffer of the process. */
  @Test
  @Timeout(120)
  void aLogThatIsCutAfterAKillIsANewGeneration(@TempDir Path directory) throws Exception {
    killAfter(500, start(directory, Durability.FSYNC));
    cutLog(directory);

    Storage storage = RocksStorage.open(options(directory, Durability.FSYNC), () -> 99);
    Replica self = storage.recovered().self();
    assertThat(self.generation() >> 11).isEqualTo(99);
    Dot last = storage.recovered().applied().iterator().next();
    assertThat(last.replica().generation() >> 11).isEqualTo(7);
    assertThat(last.sequence()).isBetween(1L, 499L);
    assertThat(storage.recovered().applied().get(self)).isZero();
    Stages.await(storage.close());
  }

  private static void cutLog(Path directory) throws IOException {
    Path log;
    try (Stream<Path> files = Files.list(directory)) {
      log =
          files.filter(file -> file.toString().endsWith(".log")).max(naturalOrder()).orElseThrow();
    }
    try (FileChannel bytes = FileChannel.open(log, StandardOpenOption.WRITE)) {
      bytes.truncate(bytes.size() / 2);
    }
  }

  private static void assertStatesAreOf(Recovered recovered, long applied) {
    for (long sequence = applied; sequence > applied - KEYS; sequence--) {
      var visible = recovered.states().get("key" + sequence % KEYS).visible();
      assertThat(visible.dot()).isEqualTo(new Dot(recovered.self(), sequence));
      assertThat(visible.value()).hasValue(Value.text("value of key" + sequence % KEYS));
    }
  }

  private static List<Write> readAll(Storage storage, Replica self, long applied) {
    return Stages.await(storage.read(self, 1, applied, Integer.MAX_VALUE));
  }

  private static long killAfter(long commits, Process process) throws Exception {
    long acknowledged = 0;
    try (BufferedReader lines = process.inputReader()) {
      while (acknowledged < commits) {
        String line = lines.readLine();
        assertThat(line).as("the child ended after commit %d", acknowledged).isNotNull();
        acknowledged = Long.parseLong(line);
      }
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    return acknowledged;
  }

  private static Process start(Path directory, Durability durability) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcessIT.class.getName(),
            directory.toString(),
            durability.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Options options(Path directory, Durability durability) {
    return new Options(directory, durability, LOG_BYTES, "self", "causa");
  }

  /** The child: commits until it is killed, and prints each commit that is acknowledged. */
  public static void main(String[] args) {
    Options options = options(Path.of(args[0]), Durability.valueOf(args[1]));
    Storage storage = RocksStorage.open(options, () -> 7);
    Commits commits = new Commits(storage.recovered());
    for (long sequence = 1; ; sequence++) {
      Stages.await(storage.commit(commits.local("key" + sequence % KEYS)));
      System.out.println(sequence);
    }
  }
}
