package io.causa.simulation;

import io.causa.simulation.StorageFaults.Call;
import io.causa.simulation.StorageFaults.Way;
import io.causa.storage.StorageException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The calls of one process that its storage has not answered yet, and how they end. */
final class StorageCalls {

  private static final long LEAST_PATIENCE_MICROS = 100_000;
  private static final long MOST_PATIENCE_MICROS = 8_000_000;

  private final SimulatedProcess process;
  private final SimulatedDisk disk;
  private final Dice dice;
  private final StorageFaults faults = new StorageFaults();
  private final Set<CompletableFuture<?>> pending = new LinkedHashSet<>();

  StorageCalls(SimulatedProcess process, SimulatedDisk disk, Dice dice) {
    this.process = process;
    this.disk = disk;
    this.dice = dice;
  }

  /** What is going to fail. */
  StorageFaults faults() {
    return faults;
  }

  /** A call of this kind begins: how it will fail, if it will. */
  Optional<Way> failure(Call call) {
    return faults.take(call, disk.isFull());
  }

  /** The stage of a call that begins. */
  <T> CompletableFuture<T> begin() {
    CompletableFuture<T> stage = new CompletableFuture<>();
    pending.add(stage);
    return stage;
  }

  /** A write ends, in this way if it fails. */
  void end(CompletableFuture<Void> durable, Call call, Optional<Way> way) {
    if (way.isEmpty()) {
      complete(durable, null);
      return;
    }
    StorageException cause = new StorageException(call + " " + way.get());
    if (way.get().reports()) {
      fail(durable, cause);
    } else {
      hang(call, cause);
    }
  }

  /** Nobody can tell that from a slow disk, until somebody loses patience. */
  private void hang(Call call, StorageException cause) {
    count(cause);
    long patienceMicros = dice.between(LEAST_PATIENCE_MICROS, MOST_PATIENCE_MICROS);
    process.at(
        process.schedule().nowMicros() + patienceMicros,
        () -> process.failed(call.toString(), cause));
  }

  <T> void complete(CompletableFuture<T> stage, T value) {
    pending.remove(stage);
    stage.complete(value);
  }

  void fail(CompletableFuture<?> stage, StorageException cause) {
    count(cause);
    pending.remove(stage);
    stage.completeExceptionally(cause);
  }

  private void count(StorageException cause) {
    disk.world()
        .tally()
        .count("storage: " + cause.getMessage() + (disk.isFull() ? ", disk full" : ""));
  }

  /** Something is done once all calls have ended that have begun by now. */
  CompletionStage<Void> afterAll(Runnable what) {
    return CompletableFuture.allOf(pending.toArray(new CompletableFuture<?>[0]))
        .handle(
            (done, cause) -> {
              what.run();
              return null;
            });
  }
}
