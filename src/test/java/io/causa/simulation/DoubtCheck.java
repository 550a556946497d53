package io.causa.simulation;

import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.simulation.check.Verdict;

/** What a directory doubts must stay there: nobody may count on it, or even know of it. */
final class DoubtCheck {

  private DoubtCheck() {}

  /** Throws a {@link Verdict} if the message says more than the directory trusts. */
  static void check(SimulatedDisk disk, PeerMessage message) {
    if (!disk.isDoubted()) {
      return;
    }
    long said = 0;
    if (message instanceof Digest digest) {
      said = Math.max(digest.applied().get(disk.self()), digest.received().get(disk.self()));
    } else if (message instanceof WriteBatch batch) {
      said = lastOwn(disk, batch);
    }
    if (said > disk.trusted()) {
      throw new Verdict(
          "doubted", disk.self() + " doubts all after " + disk.trusted() + ", sends " + message);
    }
  }

  private static long lastOwn(SimulatedDisk disk, WriteBatch batch) {
    return batch.writes().stream()
        .filter(write -> write.origin().equals(disk.self()))
        .mapToLong(write -> write.dot().sequence())
        .max()
        .orElse(0);
  }
}
