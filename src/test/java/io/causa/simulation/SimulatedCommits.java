package io.causa.simulation;

import io.causa.simulation.StorageFaults.Call;
import io.causa.simulation.StorageFaults.Way;
import io.causa.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The commits and installs of one process, one at a time: each reaches the disk whole. */
final class SimulatedCommits {

  private static final double LATE_IN_MEMORY = 0.1;

  private final SimulatedProcess process;
  private final SimulatedDisk disk;
  private final Durability durability;
  private final long mostCommitMicros;
  private final StorageCalls calls;
  private final Dice dice;
  private UnderWay underWay;
  private boolean failed;
  private boolean landed;
  private Runnable duringNext;

  /**
   * @param lands whether it will reach the disk, unless the process ends before
   */
  private record UnderWay(Landed landed, boolean lands) {}

  /**
   * @param mostCommitMicros how long a commit takes at the most
   */
  SimulatedCommits(
      SimulatedProcess process,
      SimulatedDisk disk,
      Durability durability,
      long mostCommitMicros,
      StorageCalls calls,
      Dice dice) {
    this.process = process;
    this.disk = disk;
    this.durability = durability;
    this.mostCommitMicros = mostCommitMicros;
    this.calls = calls;
    this.dice = dice;
  }

  /** Reaches the directory at some moment, and is reported later: a crash may come in between. */
  CompletionStage<Void> write(Call call, String what, Landed one) {
    if (underWay != null) {
      throw new IllegalStateException(
          "a commit to " + one.after() + " begins during one to " + underWay.landed().after());
    }
    if (failed) {
      return CompletableFuture.failedStage(StorageException.afterAFailure());
    }
    if (!one.before().equals(disk.applied())) {
      failed = true;
      return CompletableFuture.failedStage(
          new IllegalStateException(what + " follows " + one.before() + ", not " + disk.applied()));
    }
    Optional<Way> way = calls.failure(call);
    failed = way.isPresent();
    underWay = new UnderWay(one, way.map(Way::writes).orElse(true));
    if (isDoneAtOnce()) {
      land();
      return CompletableFuture.completedStage(null);
    }
    CompletableFuture<Void> durable = calls.begin();
    long beginMicros = process.schedule().nowMicros();
    long doneMicros = beginMicros + dice.between(50, mostCommitMicros);
    if (duringNext != null) {
      process.at(dice.between(beginMicros, doneMicros), duringNext);
      duringNext = null;
    }
    process.at(
        doneMicros,
        () -> {
          land();
          process.at(doneMicros + dice.between(1, 300), () -> calls.end(durable, call, way));
        });
    return durable;
  }

  /** A commit in memory is durable when it is asked for; now and then, that is seen later. */
  private boolean isDoneAtOnce() {
    return durability == Durability.MEMORY && duringNext == null && !dice.chance(LATE_IN_MEMORY);
  }

  /** Something happens once, while the next commit is under way. */
  void duringNext(Runnable what) {
    duringNext = what;
  }

  /** Whether anything of this process has reached the disk. */
  boolean haveLanded() {
    return landed;
  }

  /**
   * The process ends: whether the commit under way was in time is drawn.
   *
   * @return what became of the commit under way, for the tally; empty if there was none
   */
  Optional<String> crash() {
    if (underWay == null) {
      return Optional.empty();
    }
    boolean inTime = dice.chance(0.5) && underWay.lands();
    String what = underWay.landed().isSnapshot() ? "the install of a snapshot" : "a commit";
    if (inTime) {
      land();
    }
    underWay = null;
    return Optional.of("crash half way through " + what + ": " + (inTime ? "durable" : "lost"));
  }

  private void land() {
    UnderWay done = underWay;
    underWay = null;
    if (done.lands()) {
      disk.append(done.landed());
      landed = true;
      if (durability == Durability.FSYNC) {
        disk.sync();
      }
    }
  }
}
