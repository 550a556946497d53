package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.GenerationView;
import io.causa.membership.Roster;
import io.causa.replication.PeerMessage.Digest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reports what has become causally stable, and what holds it back.
 *
 * <p>Owner: the replication loop.
 */
final class StabilityReport {

  private final Stability stability;
  private final Membership membership;
  private final Progress progress;
  private final Peers peers;
  private final Outbox outbox;
  private VersionVector stable = VersionVector.EMPTY;

  StabilityReport(
      Replica self, Membership membership, Progress progress, Peers peers, Outbox outbox) {
    this.stability = new Stability(self);
    this.membership = membership;
    this.progress = progress;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** A digest arrived that is later than those before it of its session. */
  void heard(Digest digest) {
    stability.heard(digest, progress.applied(), membership.roster());
  }

  /** With each tick and not with each digest, as what becomes stable costs a commit. */
  void look() {
    VersionVector now = stableNow();
    if (!now.equals(stable)) {
      stable = now;
      outbox.add(new Action.Stable(now));
    }
  }

  /** What was reported last. */
  VersionVector stable() {
    return stable;
  }

  /** The members that are not known to have applied all that is applied here. */
  Set<Replica> waitingFor() {
    return stability.waitingFor(progress.applied(), membership.roster());
  }

  /**
   * The generations that have writes here and are members no more.
   *
   * @param retired whether nothing waits for later writes of the generation any more
   */
  List<GenerationView> generations(Predicate<Replica> retired) {
    Roster roster = membership.roster();
    VersionVector applied = progress.applied();
    VersionVector everywhere = stableNow();
    VersionVector anywhere = peers.received().join(progress.received()).join(applied);
    return roster.former(applied).stream()
        .map(
            former ->
                new GenerationView(
                    former,
                    applied.get(former),
                    roster.find(former.name()).filter(e -> e.replica().equals(former)).isPresent(),
                    everywhere.get(former) == anywhere.get(former),
                    retired.test(former)))
        .toList();
  }

  private VersionVector stableNow() {
    return membership.isSettled()
        ? stability.stable(progress.applied(), membership.roster())
        : VersionVector.EMPTY;
  }
}
