package io.causa.membership;

import io.causa.clock.Replica;
import java.util.Optional;

/**
 * Notices that another live node has this node's name. The one that was started later must stop.
 *
 * <p>A message of this node's own previous life may still be under way, so one message proves
 * nothing: the earlier session must be heard again after {@link #PROOF_MILLIS}. Until that is
 * settled the node must not serve.
 *
 * <p>Owner: the replication loop.
 */
public final class NameCollision {

  public static final long PROOF_MILLIS = 1000;

  /** How long after its last word a suspect keeps the node from serving: it would answer sooner. */
  public static final long HOLD_MILLIS = 3 * PROOF_MILLIS;

  /** What hearing one's own name means. */
  public enum Verdict {
    /** It was this node's own message. */
    ECHO,
    /** Another one may live: let it hear us, so that it answers or stops. */
    SUSPICION,
    /** Another one lives, and this node has to stop. */
    COLLISION
  }

  private record Suspect(Replica replica, long session) {}

  private final Suspect self;
  private Optional<Suspect> earlier = Optional.empty();
  private long suspectedAtMillis;
  private long heardAtMillis;

  public NameCollision(Replica self, long session) {
    this.self = new Suspect(self, session);
  }

  /**
   * Somebody with this node's name was heard.
   *
   * @param holdsName whether the sender is known to hold the name as a member: then it was first,
   *     whatever the clocks of the two machines said when they started
   */
  public Verdict heard(Replica sender, long session, boolean holdsName, long nowMillis) {
    Suspect suspect = new Suspect(sender, session);
    if (suspect.equals(self)) {
      return Verdict.ECHO;
    }
    if (!holdsName && !isEarlier(suspect)) {
      return Verdict.SUSPICION;
    }
    if (earlier.filter(suspect::equals).isEmpty()) {
      earlier = Optional.of(suspect);
      suspectedAtMillis = nowMillis;
    }
    heardAtMillis = nowMillis;
    boolean proven = nowMillis - suspectedAtMillis >= PROOF_MILLIS;
    return proven ? Verdict.COLLISION : Verdict.SUSPICION;
  }

  /** Whether an earlier node with this name may live. */
  public boolean isSuspected(long nowMillis) {
    return earlier.isPresent() && nowMillis - heardAtMillis < HOLD_MILLIS;
  }

  private boolean isEarlier(Suspect other) {
    int order = Long.compare(other.session(), self.session());
    return order < 0 || (order == 0 && other.replica().generation() < self.replica().generation());
  }
}
