package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyStates;
import io.causa.core.PreparedWrite;
import io.causa.core.Write;
import io.causa.storage.MemoryStorage;
import io.causa.storage.Storage;
import java.util.HashSet;
import java.util.Set;

/**
 * What outlives a simulated process. Checks, apart from the code under test, that every write is
 * applied once and after its causes.
 */
final class SimulatedDisk {

  private final Replica self;
  private final Storage storage;
  private final KeyStates states = new KeyStates();
  private final Set<Dot> applied = new HashSet<>();
  private long lamport;

  SimulatedDisk(Replica self, long logBytes) {
    this.self = self;
    this.storage = new MemoryStorage(self, logBytes);
  }

  Replica self() {
    return self;
  }

  Storage storage() {
    return storage;
  }

  KeyStates states() {
    return states;
  }

  VersionVector applied() {
    return states.applied();
  }

  long lamport() {
    return lamport;
  }

  void commit(Commit commit) {
    commit.writes().stream().map(PreparedWrite::write).forEach(this::check);
    storage.commit(commit).toCompletableFuture().join();
    lamport = commit.lamport();
  }

  private void check(Write write) {
    for (Dot cause : write.dependencies()) {
      if (!applied.contains(cause)) {
        throw new AssertionError(self + " applies " + write.dot() + " before its cause " + cause);
      }
    }
    if (!applied.add(write.dot())) {
      throw new AssertionError(self + " applies " + write.dot() + " twice");
    }
  }
}
