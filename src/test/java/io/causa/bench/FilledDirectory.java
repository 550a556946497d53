package io.causa.bench;

import io.causa.core.Bytes;
import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Value;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import io.causa.storage.Recovered;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/**
 * Makes the data directory of node1 of a cluster "causa" with so many keys, each written once, in
 * random order, by commits of a thousand writes. Ends as by kill -9: nothing is closed.
 *
 * <p>Run by {@code bin/bench}: {@code FilledDirectory DIRECTORY KEYS VALUE-BYTES [LOG-BYTES]}.
 */
public final class FilledDirectory {

  private static final int COMMIT_WRITES = 1000;
  private static final long SEED = 1;
  private static final long LOG_BYTES = 1L << 30;

  private FilledDirectory() {}

  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    long logBytes = arguments.length > 3 ? Long.parseLong(arguments[3]) : LOG_BYTES;
    fill(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), logBytes);
    Runtime.getRuntime().halt(0);
  }

  private static void fill(Path directory, int keys, int valueBytes, long logBytes)
      throws ExecutionException, InterruptedException {
    Options options = new Options(directory, Durability.BUFFERED, logBytes, "node1", "causa");
    RocksStorage storage = RocksStorage.open(options, System::currentTimeMillis);
    Recovered nothing = storage.recovered();
    CommitPipeline pipeline =
        new CommitPipeline(nothing.self(), new KeyStates(), 0, COMMIT_WRITES, Long.MAX_VALUE);
    int[] order = shuffled(keys);
    Random random = new Random(SEED);
    for (int written = 0; written < keys; ) {
      for (int end = Math.min(written + COMMIT_WRITES, keys); written < end; written++) {
        pipeline.propose(put(order[written], valueBytes, random));
      }
      Commit commit = pipeline.begin().orElseThrow();
      storage.commit(commit).toCompletableFuture().get();
      pipeline.complete();
    }
  }

  /** Random bytes, which no compression makes smaller. */
  private static Proposal put(int key, int valueBytes, Random random) {
    byte[] bytes = new byte[valueBytes];
    random.nextBytes(bytes);
    Mutation put =
        new Mutation.Put(
            "key-%07d".formatted(key), new Value(Bytes.wrap(bytes), "application/octet-stream"));
    return new Proposal(0, List.of(put), System.currentTimeMillis());
  }

  private static int[] shuffled(int keys) {
    Random random = new Random(SEED);
    int[] order = new int[keys];
    for (int i = 0; i < keys; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
