package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Roster;
import io.causa.replication.Action.KeepRoster;
import io.causa.replication.PeerMessage.Digest;
import java.util.Optional;

/**
 * Keeps the roster of the cluster: it grows by what the digests of others show and by whose writes
 * are applied here. No configuration lists the members.
 *
 * <p>What a digest shows is durable, as with a vector: others count on it that this replica never
 * takes the cluster for smaller than it said. So a change is made durable first, one at a time, and
 * shown afterwards.
 *
 * <p>Owner: the replication loop.
 */
final class Membership {

  private Roster known;
  private Roster durable;
  private boolean keeping;

  /**
   * @param self a member from the start: its identity is durable before it runs
   * @param stored what was made durable by the runs before
   * @param applied what is durable here: whoever wrote is known
   */
  Membership(Replica self, Roster stored, VersionVector applied) {
    durable = stored.withOrigins(applied).withMember(self);
    known = durable;
  }

  /** The roster that this replica shows to others and reckons with. */
  Roster roster() {
    return durable;
  }

  /**
   * Whether the sender of the digest and this replica know the same members. Whoever needs to hear
   * of something from all members can count the digest only then.
   */
  boolean agrees(Digest digest) {
    return digest.roster().equals(durable);
  }

  /** Whether there is nobody that this replica has heard of and does not reckon with yet. */
  boolean isSettled() {
    return known.equals(durable);
  }

  /** Another replica showed its roster. */
  Optional<KeepRoster> heard(Roster shown) {
    return learn(known.join(shown));
  }

  /** This is applied now. */
  Optional<KeepRoster> applied(VersionVector after) {
    return learn(known.withOrigins(after));
  }

  /** The roster is durable; what has changed meanwhile is next. */
  Optional<KeepRoster> kept(Roster roster) {
    durable = roster;
    keeping = false;
    return keep();
  }

  private Optional<KeepRoster> learn(Roster now) {
    known = now;
    return keep();
  }

  private Optional<KeepRoster> keep() {
    if (keeping || isSettled()) {
      return Optional.empty();
    }
    keeping = true;
    return Optional.of(new KeepRoster(known));
  }
}
