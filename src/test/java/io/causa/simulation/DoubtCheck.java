package io.causa.simulation;

import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.simulation.check.Verdict;

/**
 * What a directory doubts must stay there: nobody may count on it, or even know of it. So must all
 * own writes of a generation that its directory does not know as a member.
 */
final class DoubtCheck {

  private DoubtCheck() {}

  /** Throws a {@link Verdict} if the message says more than the directory trusts. */
  static void check(SimulatedDisk disk, PeerMessage message) {
    long allowed = allowed(disk);
    long said = 0;
    if (message instanceof Digest digest) {
      said = Math.max(digest.applied().get(disk.self()), digest.received().get(disk.self()));
    } else if (message instanceof WriteBatch batch) {
      said = lastOwn(disk, batch);
    }
    if (said > allowed) {
      throw new Verdict(
          "doubted", disk.self() + " may send own writes up to " + allowed + ", sends " + message);
    }
  }

  private static long allowed(SimulatedDisk disk) {
    if (!disk.roster().isMember(disk.self())) {
      return 0;
    }
    return disk.isDoubted() ? disk.trusted() : Long.MAX_VALUE;
  }

  private static long lastOwn(SimulatedDisk disk, WriteBatch batch) {
    return batch.writes().stream()
        .filter(write -> write.origin().equals(disk.self()))
        .mapToLong(write -> write.dot().sequence())
        .max()
        .orElse(0);
  }
}
