package io.causa.storage;

/**
 * How far the own writes of a replica may be believed to be the only ones with their dots. A
 * directory that was copied back from an older one must never count the same sequences again.
 *
 * @param state what is known
 * @param trusted the own writes up to this sequence are the ones that the peers may have; those
 *     behind it are unknown to all others. Of no meaning when the state is {@link State#TRUSTED}
 */
public record Standing(State state, long trusted) {

  /** The usual one: nobody knows more own writes than the data holds. */
  public static final Standing TRUSTED = new Standing(State.TRUSTED, 0);

  /** What is known of the own writes. */
  public enum State {
    /** Nobody knows more of them. */
    TRUSTED,
    /** A peer knew more: when the data is opened again, it becomes a new generation's. */
    RENOUNCED,
    /** A peer knew more, and different writes with the same dots have left: must not run again. */
    FORKED,
    /**
     * Nobody could be asked yet: own writes behind the trusted ones have been stamped, and have not
     * left.
     */
    DOUBTED
  }

  public static Standing renounced(long trusted) {
    return new Standing(State.RENOUNCED, trusted);
  }

  public static Standing doubted(long trusted) {
    return new Standing(State.DOUBTED, trusted);
  }

  public static Standing forked(long trusted) {
    return new Standing(State.FORKED, trusted);
  }
}
