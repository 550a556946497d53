package io.causa.identity;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;

/**
 * A state and the own writes that it holds for: what is known of a replica's own writes, what that
 * allows, and what it becomes. A directory keeps the {@link #durable} form.
 *
 * @param state what is known
 * @param trusted the own writes up to this sequence are the ones that others may have under these
 *     dots; those behind it were stamped since, or are unknown to all others
 */
public record Standing(State state, long trusted) {

  /** What a directory says that no start has to look at twice. */
  public static final Standing TRUSTED = new Standing(State.TRUSTED, 0);

  /** Returns the standing of data that may keep no own write behind the trusted one as it is. */
  public static Standing renounced(long trusted) {
    return new Standing(State.RENOUNCED, trusted);
  }

  public static Standing doubted(long trusted) {
    return new Standing(State.DOUBTED, trusted);
  }

  public static Standing forked(long trusted) {
    return new Standing(State.FORKED, trusted);
  }

  /** Returns up to which sequence own writes are shared, of so many that are here. */
  public long shared(long own) {
    return switch (state.shared()) {
      case ALL -> own;
      case TRUSTED -> Math.min(own, trusted);
      case NOTHING -> 0;
    };
  }

  /**
   * Returns what is shared of the vector: all of others, and of the own writes those that may
   * leave. The rest of them is kept back, and is no cause either: a write from elsewhere that
   * depends on such a dot means another write.
   */
  public VersionVector shared(Replica self, VersionVector vector) {
    long own = vector.get(self);
    long shared = shared(own);
    if (shared == own) {
      return vector;
    }
    VersionVector others = vector.without(self);
    return shared == 0 ? others : others.with(new Dot(self, shared));
  }

  /**
   * Returns the form that a directory keeps. States that a start finds out again are kept as
   * trusted.
   */
  public Standing durable() {
    return state == State.DOUBTED || state.isEnd() ? this : TRUSTED;
  }

  /** Returns the standing once enough members have said that they know nothing later. */
  public Standing confirmed() {
    return state.isConfirmed() || state.isEnd() ? this : new Standing(State.TRUSTED, trusted);
  }

  /** Returns the standing once clients have to be served before that is known. */
  public Standing wanted() {
    return state == State.UNCONFIRMED ? doubted(trusted) : this;
  }

  /**
   * Returns the standing once a peer knows own writes that cannot have left here.
   *
   * @param spread whether own writes behind the trusted one have left, so that their dots may name
   *     two writes now
   */
  public Standing olderCopy(boolean spread) {
    return spread ? forked(trusted) : renounced(trusted);
  }

  /**
   * Returns the standing once the replica is no member any more. Own writes that others may have
   * keep their dots.
   *
   * @param last the last own write that the members take, {@link Long#MAX_VALUE} for all
   */
  public Standing expelled(long last) {
    return renounced(Math.min(shared(Long.MAX_VALUE), last));
  }

  /**
   * Returns what holds if both ends were found: forked outranks renounced, and what one of them
   * does not trust is not trusted.
   */
  Standing worse(Standing other) {
    State worst = state == State.FORKED ? state : other.state;
    return new Standing(worst, Math.min(trusted, other.trusted));
  }
}
