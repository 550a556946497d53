package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Retirement;
import io.causa.replication.Action;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.simulation.check.Verdict;
import java.util.HashMap;
import java.util.Map;

/**
 * A member that shows an order to retire a generation takes in no write behind it any more. The
 * number of the order may be raised, by a member that had more before.
 */
final class RetirementCheck {

  private final Replica self;
  private Retirement told = Retirement.NONE;
  private Retirement shown = Retirement.NONE;
  private final Map<Replica, Long> receivedThen = new HashMap<>();

  RetirementCheck(Replica self) {
    this.self = self;
  }

  /** Takes note of what delivery is told, and of what the peers are shown. */
  void acts(Action action) {
    if (action instanceof Action.Retire retire) {
      told = told.join(retire.excluded());
    } else if (action instanceof Action.Send sent && sent.message() instanceof Digest digest) {
      show(digest);
    }
  }

  private void show(Digest digest) {
    shown = shown.join(digest.roster().retirement());
    for (Dot last : digest.received()) {
      if (shown.includes(last.replica())) {
        receivedThen.putIfAbsent(last.replica(), last.sequence());
      }
    }
  }

  /** Throws a {@link Verdict} if the buffer has taken in what was excluded. */
  void received(VersionVector received, VersionVector applied) {
    for (Dot here : received) {
      Replica replica = here.replica();
      if (shown.includes(replica)) {
        long allowed =
            Math.max(
                Math.max(shown.last(replica), told.last(replica)),
                Math.max(applied.get(replica), receivedThen.getOrDefault(replica, 0L)));
        if (here.sequence() > allowed) {
          throw new Verdict(
              "retired",
              "%s takes in %s, after it has shown that %s ends at %d"
                  .formatted(self, here, replica, shown.last(replica)));
        }
      }
    }
  }
}
