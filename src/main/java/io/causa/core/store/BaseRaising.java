package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;

/**
 * Decides when the own vector takes a base: when that is wanted, all members know what has ended,
 * and all of that is applied here. Then one entry stands for all the ended generations of a name.
 *
 * <p>Owner: the store's loop. Bound: one wanted base for each name with an ended generation.
 */
final class BaseRaising {

  private final Replica self;
  private Endings ended = Endings.NONE;
  private VersionVector wanted = VersionVector.EMPTY;

  BaseRaising(Replica self) {
    this.self = self;
  }

  /** These generations have ended, and all members know it. */
  void ended(Endings now) {
    ended = now;
  }

  /**
   * The bases of this vector are wanted, as far as they are known to be true. Others may have made
   * them up: they are not kept.
   */
  void want(VersionVector vector) {
    for (Dot base : vector.bases()) {
      if (base.sequence() <= ended.below(base.replica().name())) {
        wanted = wanted.with(base);
      }
    }
  }

  /** The wanted bases that a vector at this position may have and does not. */
  VersionVector due(VersionVector position) {
    VersionVector due = VersionVector.EMPTY;
    for (Dot base : wanted.bases()) {
      if (!position.covers(base) && mayHave(base, position)) {
        due = due.with(base);
      }
    }
    return due;
  }

  private boolean mayHave(Dot base, VersionVector position) {
    String name = base.replica().name();
    boolean isOwnFuture = name.equals(self.name()) && base.sequence() > self.generation();
    return !isOwnFuture
        && ended.table(name, Math.max(1, position.base(name)), base.sequence()).stream()
            .allMatch(position::covers);
  }
}
