package io.causa.identity;

import io.causa.clock.Replica;

/**
 * What a data directory says of its replica's identity while no node has it open. Decides what the
 * next start makes of that.
 *
 * @param self whose data it is
 * @param session that of the last run, 0 before the first
 * @param standing the durable one
 * @param own how many own writes it holds
 * @param mayBeOlder whether the directory tells by itself that this may not be the latest data of
 *     its replica, such as a copy, data that was not synced when the machine went down ({@link
 *     LastRun}), or data whose log ends early ({@link LogEnd})
 * @param least the least generation that may take the name, as far as the directory knows
 */
public record StoredIdentity(
    Replica self, long session, Standing standing, long own, boolean mayBeOlder, long least) {

  /** Any later generation may take the name. */
  public StoredIdentity(
      Replica self, long session, Standing standing, long own, boolean mayBeOlder) {
    this(self, session, standing, own, mayBeOlder, 0);
  }

  /**
   * Decides what the next start becomes.
   *
   * @param now when it starts: gives it its session and, if need be, its generation
   * @throws IllegalStateException if no such number is left
   */
  public NextStart nextStart(StartMoment now) {
    if (standing.state() == State.FORKED) {
      return new NextStart.Refuse(standing.trusted());
    }
    long next = now.sessionAfter(session);
    if (isRenounced()) {
      long generation = now.generationAfter(Math.max(self.generation(), least - 1));
      Incarnation run = Incarnation.ofNewGeneration(next, Math.max(0, own - trusted()));
      return new NextStart.Rename(new Replica(self.name(), generation), trusted(), run);
    }
    if (session == 0) {
      return new NextStart.Continue(Incarnation.ofNewGeneration(next, own));
    }
    return new NextStart.Continue(
        standing.state() == State.DOUBTED
            ? Incarnation.doubted(next, trusted())
            : Incarnation.found(next, own));
  }

  /** Returns whether the next start makes a new generation of the data. */
  public boolean isRenounced() {
    return standing.state() == State.RENOUNCED || mayBeOlder;
  }

  /** Returns the last own write that keeps its dot if the data becomes a new generation's. */
  public long trusted() {
    return standing.state() == State.TRUSTED ? own : standing.trusted();
  }

  /**
   * Returns the standing of a copy of the data. The copy keeps the own writes under the dots that
   * the original gave them; only those that the original doubts itself get new ones.
   */
  public Standing ofCopy() {
    return Standing.renounced(trusted());
  }
}
