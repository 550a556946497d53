package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.SnapshotInstall;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.replication.PeerMessage;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.WriteBatch;
import io.causa.simulation.check.Verdict;
import io.causa.storage.Incarnation;
import io.causa.storage.LogLimits;
import io.causa.storage.Recovered;
import io.causa.storage.Standing;
import io.causa.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A directory as one process has it open. Commits take time; a process that ends meanwhile leaves
 * the commit under way whole in the directory, or not at all.
 */
final class SimulatedStorage implements Storage {

  private static final long SYNC_MILLIS = 1000;
  private static final long MOST_READ_MICROS = 4000;

  private final SimulatedProcess process;
  private final SimulatedDisk disk;
  private final Durability durability;
  private final long mostCommitMicros;
  private final Dice dice;
  private final Recovered recovered;
  private final Incarnation incarnation;
  private Landed underWay;
  private Runnable duringNextCommit;

  /**
   * @param mostCommitMicros how long a commit takes at the most
   * @param clockMillis what the wall clock says at the start
   */
  SimulatedStorage(
      SimulatedProcess process,
      SimulatedDisk disk,
      Durability durability,
      long mostCommitMicros,
      long clockMillis,
      Dice dice) {
    this.process = process;
    this.disk = disk;
    this.durability = durability;
    this.mostCommitMicros = mostCommitMicros;
    this.dice = dice;
    this.recovered = disk.recovered();
    this.incarnation = disk.open(clockMillis);
    if (durability == Durability.BUFFERED) {
      process.after(SYNC_MILLIS, this::sync);
    }
  }

  @Override
  public Recovered recovered() {
    return recovered;
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public CompletionStage<Void> stand(Standing standing) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    long doneMicros = process.schedule().nowMicros() + dice.between(50, mostCommitMicros);
    process.at(
        doneMicros,
        () -> {
          disk.stand(standing);
          durable.complete(null);
        });
    return durable;
  }

  @Override
  public Roster roster() {
    return disk.roster();
  }

  /** Another sync, beside the commits. */
  @Override
  public CompletionStage<Void> keep(Roster roster) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    long doneMicros = process.schedule().nowMicros() + dice.between(50, mostCommitMicros);
    process.at(
        doneMicros,
        () -> {
          disk.keep(roster);
          durable.complete(null);
        });
    return durable;
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    return write(Landed.of(commit));
  }

  @Override
  public CompletionStage<Void> install(SnapshotInstall.Prepared snapshot) {
    return write(Landed.of(snapshot));
  }

  /** Reaches the directory at some moment, and is reported later: a crash may come in between. */
  private CompletionStage<Void> write(Landed one) {
    if (underWay != null) {
      throw new IllegalStateException(
          "a commit to " + one.after() + " begins during one to " + underWay.after());
    }
    underWay = one;
    CompletableFuture<Void> durable = new CompletableFuture<>();
    long beginMicros = process.schedule().nowMicros();
    long doneMicros = beginMicros + dice.between(50, mostCommitMicros);
    if (duringNextCommit != null) {
      process.at(dice.between(beginMicros, doneMicros), duringNextCommit);
      duringNextCommit = null;
    }
    process.at(
        doneMicros,
        () -> {
          land();
          process.at(doneMicros + dice.between(1, 300), () -> durable.complete(null));
        });
    return durable;
  }

  @Override
  public CompletionStage<List<Write>> read(Replica origin, long from, long to, int maxBytes) {
    CompletableFuture<List<Write>> read = new CompletableFuture<>();
    process.at(
        process.schedule().nowMicros() + dice.between(10, MOST_READ_MICROS),
        () -> read.complete(page(origin, from, to, maxBytes)));
    return read;
  }

  @Override
  public VersionVector trimmed() {
    return disk.trimmed();
  }

  @Override
  public long logBytes() {
    return disk.logBytes();
  }

  @Override
  public CompletionStage<Optional<VersionVector>> backup(Path directory) {
    throw new IllegalStateException("no directory to copy to: " + directory);
  }

  @Override
  public CompletionStage<Void> checked() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public LogLimits logLimits() {
    return disk.logLimits();
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedStage(null);
  }

  /** What the directory doubts must stay here: nobody may count on it, or even know of it. */
  void checkNothingDoubted(PeerMessage message) {
    if (!disk.isDoubted()) {
      return;
    }
    long said = 0;
    if (message instanceof Digest digest) {
      said = Math.max(digest.applied().get(disk.self()), digest.received().get(disk.self()));
    } else if (message instanceof WriteBatch batch) {
      said = lastOwn(batch);
    }
    if (said > disk.trusted()) {
      throw new Verdict(
          "doubted", disk.self() + " doubts all after " + disk.trusted() + ", sends " + message);
    }
  }

  private long lastOwn(WriteBatch batch) {
    return batch.writes().stream()
        .filter(write -> write.origin().equals(disk.self()))
        .mapToLong(write -> write.dot().sequence())
        .max()
        .orElse(0);
  }

  /** Something happens once, while the next commit is under way. */
  void duringNextCommit(Runnable what) {
    duringNextCommit = what;
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
    boolean inTime = dice.chance(0.5);
    String what = underWay.isSnapshot() ? "the install of a snapshot" : "a commit";
    if (inTime) {
      land();
    }
    underWay = null;
    return Optional.of("crash half way through " + what + ": " + (inTime ? "durable" : "lost"));
  }

  private void land() {
    disk.append(underWay);
    underWay = null;
    if (durability == Durability.FSYNC) {
      disk.sync();
    }
  }

  private void sync() {
    disk.sync();
    process.after(SYNC_MILLIS, this::sync);
  }

  private List<Write> page(Replica origin, long from, long to, int maxBytes) {
    List<Write> page = new ArrayList<>();
    int bytes = 0;
    for (Write write : disk.log(origin, from)) {
      boolean next = write.dot().sequence() == from + page.size() && write.dot().sequence() <= to;
      bytes += write.sizeBytes();
      if (!next || (!page.isEmpty() && bytes > maxBytes)) {
        break;
      }
      page.add(write);
    }
    return page;
  }
}
