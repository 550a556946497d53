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
      if (base.sequence() <= ended.below(name(base))) {
        wanted = wanted.with(base);
      }
    }
  }

  /**
   * The bases that a vector at this position may have and does not: the wanted ones, or earlier
   * ones as long as something before the wanted is missing. That may wait for the earlier one.
   */
  VersionVector due(VersionVector position) {
    VersionVector due = VersionVector.EMPTY;
    for (Dot base : wanted.bases()) {
      if (!position.covers(base)) {
        long reached = reached(base, position);
        due = reached > position.base(name(base)) ? due.with(Dot.ofBase(name(base), reached)) : due;
      }
    }
    return due;
  }

  /** The generation before which all is applied, at most that of the base. */
  private long reached(Dot base, VersionVector position) {
    String name = name(base);
    boolean isOwn = name.equals(self.name());
    long most = isOwn ? Math.min(base.sequence(), self.generation()) : base.sequence();
    for (Dot last : ended.table(name, Math.max(1, position.base(name)), most)) {
      if (!position.covers(last)) {
        return last.replica().generation();
      }
    }
    return most;
  }

  private static String name(Dot base) {
    return base.replica().name();
  }
}
