package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.PreparedWrite;
import io.causa.core.Roster;
import io.causa.core.Write;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the log in memory and nothing beyond the process: a commit is "durable" at once.
 *
 * <p>Only the log lives here; the key states live in the store. Any thread may call; every call is
 * short. Bound: {@code logBytes}, beyond which the oldest entries go; the newest one always stays.
 */
public final class MemoryStorage implements Storage {

  private final Replica self;
  private final long maxLogBytes;
  private final Map<Replica, TreeMap<Long, Write>> log = new HashMap<>();
  private final Queue<Write> oldestFirst = new ArrayDeque<>();
  private VersionVector applied = VersionVector.EMPTY;
  private VersionVector trimmed = VersionVector.EMPTY;
  private long logBytes;

  /**
   * @param self a generation that was never used before
   * @param logBytes how many bytes of writes the log holds, about
   */
  public MemoryStorage(Replica self, long logBytes) {
    this.self = self;
    this.maxLogBytes = logBytes;
  }

  @Override
  public Recovered recovered() {
    return Recovered.nothing(self);
  }

  /** A generation that nobody ever knew needs no doubt. */
  @Override
  public Incarnation incarnation() {
    return new Incarnation(self.generation(), Standing.TRUSTED, true);
  }

  @Override
  public CompletionStage<Void> stand(Standing standing) {
    return CompletableFuture.completedStage(null);
  }

  /** Nothing outlives the process, so nothing was ever kept. */
  @Override
  public Roster roster() {
    return Roster.EMPTY;
  }

  @Override
  public CompletionStage<Void> keep(Roster roster) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> commit(Commit commit) {
    if (!commit.before().equals(applied)) {
      return CompletableFuture.failedStage(
          new IllegalStateException(
              "commit " + commit.number() + " follows " + commit.before() + ", not " + applied));
    }
    commit.writes().stream().map(PreparedWrite::write).forEach(this::append);
    applied = commit.after();
    trim();
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<List<Write>> read(
      Replica origin, long from, long to, int maxBytes) {
    TreeMap<Long, Write> writes = log.getOrDefault(origin, new TreeMap<>());
    ReadPage page = new ReadPage(from, to, maxBytes);
    for (Write write : writes.tailMap(from).values()) {
      if (!page.add(write)) {
        break;
      }
    }
    return CompletableFuture.completedStage(page.writes());
  }

  @Override
  public synchronized VersionVector trimmed() {
    return trimmed;
  }

  @Override
  public synchronized long logBytes() {
    return logBytes;
  }

  @Override
  public CompletionStage<Optional<VersionVector>> backup(Path directory) {
    return CompletableFuture.failedStage(
        new StorageException(
            self + " keeps its data in memory (storage.mode), where there is nothing to copy"));
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedStage(null);
  }

  private void append(Write write) {
    log.computeIfAbsent(write.origin(), origin -> new TreeMap<>())
        .put(write.dot().sequence(), write);
    oldestFirst.add(write);
    logBytes += write.sizeBytes();
  }

  private void trim() {
    while (logBytes > maxLogBytes && oldestFirst.size() > 1) {
      Write oldest = oldestFirst.remove();
      Dot dot = oldest.dot();
      log.get(dot.replica()).remove(dot.sequence());
      logBytes -= oldest.sizeBytes();
      trimmed = trimmed.with(dot);
    }
  }
}
