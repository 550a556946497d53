package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.replication.Action;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.simulation.check.Verdict;

/**
 * A member that shows an order to retire a generation takes in no write behind it any more. The
 * number of the order may be raised, by a member that had more before.
 */
final class RetirementCheck {

  private final Replica self;
  private VersionVector told = VersionVector.EMPTY;
  private VersionVector shown = VersionVector.EMPTY;

  RetirementCheck(Replica self) {
    this.self = self;
  }

  /** Takes note of what delivery is told, and of what the peers are shown. */
  void acts(Action action) {
    if (action instanceof Action.Retire retire) {
      told = told.join(retire.excluded().last());
    } else if (action instanceof Action.Send sent && sent.message() instanceof Digest digest) {
      show(digest);
    }
  }

  private void show(Digest digest) {
    for (Dot end : digest.roster().retired()) {
      long last = Math.max(end.sequence(), digest.received().get(end.replica()));
      shown = shown.join(VersionVector.of(new Dot(end.replica(), last)));
    }
  }

  /** Throws a {@link Verdict} if the buffer has taken in what was excluded. */
  void received(VersionVector received, VersionVector applied) {
    VersionVector allowed = shown.join(told).join(applied);
    for (Dot last : shown) {
      Replica retired = last.replica();
      if (received.get(retired) > allowed.get(retired)) {
        throw new Verdict(
            "retired",
            "%s takes in %s:%d, after it has shown that %s ends there"
                .formatted(self, retired, received.get(retired), last));
      }
    }
  }
}
