package io.causa.replication;

import io.causa.clock.VersionVector;
import io.causa.identity.Identity;
import io.causa.membership.NameCollision;
import io.causa.membership.Roster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides when clients may be served: when the replica has caught up, no twin of its name is
 * suspected, and its own next write cannot do harm.
 *
 * <p>Owner: the replication loop.
 */
final class Readiness {

  private final CatchUp catchUp;
  private final Identity identity;
  private final NameCollision collision;
  private Optional<Action.Ready> caughtUp = Optional.empty();
  private boolean ready;
  private boolean confirmed;

  Readiness(CatchUp catchUp, Identity identity, NameCollision collision) {
    this.catchUp = catchUp;
    this.identity = identity;
    this.collision = collision;
    this.confirmed = identity.state().isConfirmed();
  }

  /** Looks whether it is enough now, and what has to be noted before or after. */
  List<Action> look(VersionVector applied, Roster roster, long nowMillis) {
    List<Action> actions = new ArrayList<>();
    catchUp.look(applied, nowMillis).ifPresent(done -> caughtUp = Optional.of(done));
    identity
        .look(roster.members(), caughtUp.isPresent())
        .map(Action.NoteStanding::new)
        .ifPresent(actions::add);
    if (!confirmed && identity.state().isConfirmed()) {
      confirmed = true;
      actions.add(new Action.Confirmed());
    }
    boolean harmless = identity.state().mayStamp() && !collision.isSuspected(nowMillis);
    if (!ready && harmless && caughtUp.isPresent()) {
      ready = true;
      actions.add(caughtUp.get());
    }
    return actions;
  }

  boolean isReady() {
    return ready;
  }

  /** Why the replica is not ready, for people; empty when it is. */
  String notReady() {
    if (ready) {
      return "";
    }
    return caughtUp.isEmpty()
        ? catchUp.notReady()
        : "another node may have this name, or the standing of this one's own writes is being noted";
  }
}
