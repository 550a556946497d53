package io.causa.identity;

/**
 * How far the own writes of a replica may be believed to be the only ones with their dots. The
 * diagram of the states is in the package's description.
 */
public enum State {
  /** The generation was made by this start: nobody can know more of its writes. */
  NEW(true, Shared.ALL),

  /** The data was there before this start, and may be an older copy of itself. */
  UNCONFIRMED(false, Shared.TRUSTED),

  /**
   * The same, and the directory says so: own writes that are stamped now can still be renamed, as
   * they are kept back.
   */
  DOUBTED(true, Shared.TRUSTED),

  /** The members, or those that can be heard, know nothing later of the own writes. */
  TRUSTED(true, Shared.ALL),

  /**
   * A peer knows more of the own writes, or the replica is no member any more: the next start makes
   * a new generation of the data.
   */
  RENOUNCED(false, Shared.NOTHING),

  /**
   * A peer knows more, and other writes with the same dots have left: no start may use the data.
   */
  FORKED(false, Shared.NOTHING);

  /** Which own writes may leave, may be claimed, and count as causes. */
  enum Shared {
    ALL,
    /** Up to the trusted one; the others are kept back. */
    TRUSTED,
    NOTHING
  }

  private final boolean mayStamp;
  private final Shared shared;

  State(boolean mayStamp, Shared shared) {
    this.mayStamp = mayStamp;
    this.shared = shared;
  }

  /**
   * Returns whether an own dot may be given to a write, of a client or adopted: if the dot turns
   * out to be taken, that can be mended.
   */
  public boolean mayStamp() {
    return mayStamp;
  }

  /** Returns whether nothing is left to find out: all own writes may leave. */
  public boolean isConfirmed() {
    return shared == Shared.ALL;
  }

  /** Returns whether the replica must stop, and say nothing more to anyone. */
  public boolean isEnd() {
    return shared == Shared.NOTHING;
  }

  Shared shared() {
    return shared;
  }
}
