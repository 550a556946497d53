package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Proposal;
import io.causa.core.Write;

/**
 * Gives local writes their dot, Lamport time and dependencies, and follows remote ones.
 *
 * <p>Runs ahead of what is applied by exactly the commit under way. Only local writes advance the
 * own sequence: receiving never does, so a gap in it is always a missing write.
 */
final class Stamp {

  private final Replica self;
  private VersionVector stamped;
  private long lamport;
  private boolean allowed;

  /**
   * @param allowed whether own dots may be given before {@link #allow}
   */
  Stamp(Replica self, VersionVector applied, long lamport, boolean allowed) {
    this.self = self;
    this.stamped = applied;
    this.lamport = lamport;
    this.allowed = allowed;
  }

  /** Everything that is applied once the commit under way is. */
  VersionVector position() {
    return stamped;
  }

  long lamport() {
    return lamport;
  }

  /**
   * From now on own dots may be given: no other write can have one of them, or it can be mended.
   */
  void allow() {
    allowed = true;
  }

  /** Returns whether own dots may be given. */
  boolean isAllowed() {
    return allowed;
  }

  /** These bases stand for what is applied, from the next stamp on. */
  void raise(VersionVector bases) {
    stamped = stamped.join(bases);
  }

  /** Everything up to here is applied, by a snapshot. */
  void jump(VersionVector applied, long lamportSeen) {
    stamped = stamped.join(applied);
    lamport = Math.max(lamport, lamportSeen);
  }

  /**
   * @throws IllegalStateException if the vector has writes of this replica that it never stamped
   */
  void requireOwn(VersionVector elsewhere) {
    if (elsewhere.get(self) > stamped.get(self)) {
      throw new IllegalStateException(
          "another replica has applied %d writes of %s, which has stamped only %d"
              .formatted(elsewhere.get(self), self, stamped.get(self)));
    }
  }

  /**
   * Whether this replica may not be asked for so many more writes: there is no later time, or no
   * later sequence, to give them.
   */
  boolean isExhausted(long more) {
    return lamport >= LamportTimestamp.MAX_TIME - more
        || stamped.get(self) >= Dot.MAX_SEQUENCE - more;
  }

  /**
   * Stamps a local write: it depends on everything before it, here.
   *
   * <p>At the end of all times the time stands still. That is for the few writes that cannot be
   * refused any more: their dependencies tell what they follow, and the replica breaks the tie.
   *
   * @throws IllegalStateException if that is not {@link #allow allowed} yet
   */
  Write stamp(Proposal proposal) {
    if (!allowed) {
      throw new IllegalStateException(self + " stamps before it is known that it may");
    }
    Dot dot = new Dot(self, stamped.get(self) + 1);
    lamport = Math.min(lamport + 1, LamportTimestamp.MAX_TIME);
    Write write = new Write(dot, lamport, stamped, proposal.mutations(), proposal.wallTimeMillis());
    stamped = stamped.with(dot);
    return write;
  }

  /**
   * Takes note of a remote write.
   *
   * @throws IllegalStateException if something that it depends on is not here: the causal buffer
   *     let it through
   */
  void follow(Write write) {
    if (!write.isDeliverableAt(stamped)) {
      throw new IllegalStateException(
          "write "
              + write.dot()
              + " with dependencies "
              + write.dependencies()
              + " is not deliverable at "
              + stamped);
    }
    lamport = Math.max(lamport, write.lamport());
    stamped = stamped.with(write.dot());
  }
}
