package io.causa.identity;

/**
 * One run of a replica, from opening its data to closing it.
 *
 * @param session larger than that of every earlier run on this data, also when the wall clock was
 *     set back
 * @param standing what the start knows of the own writes: new, unconfirmed or doubted
 */
public record Incarnation(long session, Standing standing) {

  /** Returns the first run of a generation, which begins with so many own writes. */
  public static Incarnation ofNewGeneration(long session, long own) {
    return new Incarnation(session, new Standing(State.NEW, own));
  }

  /** Returns a run on data of an earlier one that nobody doubted. */
  public static Incarnation found(long session, long own) {
    return new Incarnation(session, new Standing(State.UNCONFIRMED, own));
  }

  /** Returns a run on data that an earlier one has doubted. */
  public static Incarnation doubted(long session, long trusted) {
    return new Incarnation(session, Standing.doubted(trusted));
  }
}
