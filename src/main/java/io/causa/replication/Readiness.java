package io.causa.replication;

import io.causa.identity.Identity;
import io.causa.membership.NameCollision;

/**
 * Decides when clients may be served: when the replica has caught up, no twin of its name is
 * suspected, and its own next write cannot do harm. A replica that is ready is a member, and its
 * directory says so, for then it writes.
 *
 * <p>Owner: the replication loop.
 */
final class Readiness {

  private final CatchUp catchUp;
  private final Identity identity;
  private final NameCollision collision;
  private final OwnMembership ownMembership;
  private final Membership membership;
  private final Progress progress;
  private final Snapshots snapshots;
  private final Outbox outbox;
  private boolean ready;
  private boolean confirmed;
  private boolean mayStamp;

  Readiness(
      CatchUp catchUp,
      Identity identity,
      NameCollision collision,
      OwnMembership ownMembership,
      Membership membership,
      Progress progress,
      Snapshots snapshots,
      Outbox outbox) {
    this.catchUp = catchUp;
    this.identity = identity;
    this.collision = collision;
    this.ownMembership = ownMembership;
    this.membership = membership;
    this.progress = progress;
    this.snapshots = snapshots;
    this.outbox = outbox;
    this.confirmed = identity.state().isConfirmed();
  }

  /** Looks whether it is enough now, and what has to be noted before or after. */
  void look(long nowMillis) {
    ownMembership.look(nowMillis);
    snapshots.noteInstalling(nowMillis);
    catchUp.look(progress.applied(), nowMillis);
    if (!identity.state().isConfirmed()) {
      // Whoever was heard of may know more, also before that is durable.
      identity
          .look(membership.known().members(), catchUp.isDone())
          .map(Action.NoteStanding::new)
          .ifPresent(outbox::add);
    }
    if (!confirmed && identity.state().isConfirmed()) {
      confirmed = true;
      outbox.add(new Action.Confirmed());
    }
    boolean harmless = identity.state().mayStamp() && !collision.isSuspected(nowMillis);
    boolean due = harmless && catchUp.isDone();
    ownMembership.declareIf(due);
    if (!mayStamp && identity.mayStamp()) {
      mayStamp = true;
      outbox.add(new Action.MayStamp());
    }
    if (!ready && due && mayStamp) {
      ready = true;
      outbox.add(new Action.Ready(catchUp.warning()));
    }
  }

  boolean isReady() {
    return ready;
  }

  /** Why clients may not be served yet, for people; empty when they may. */
  String notReady() {
    if (!snapshots.noRoom().isEmpty()) {
      return snapshots.noRoom();
    }
    return ready ? "" : reason() + snapshots.progress().map(p -> "; " + p).orElse("");
  }

  private String reason() {
    return !catchUp.isDone()
        ? catchUp.notReady()
        : "another node may have this name, or what this one may stamp is being noted";
  }
}
