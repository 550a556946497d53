package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;

/**
 * What the data of a replica says of its own writes when it is opened.
 *
 * @param trusted the own writes up to this sequence are the ones that others may have; those behind
 *     it have never left
 * @param certainty how far that is to be believed
 */
public record OwnPast(long trusted, Certainty certainty) {

  /** How far the data is to be believed. */
  public enum Certainty {
    /** The identity was made in this run: nobody can know more of its writes. */
    NEW,
    /** The data may be an older copy of itself; who knows more of its writes shows that. */
    UNCONFIRMED,
    /** The same, and an earlier run has noted it and stamped writes meanwhile. */
    DOUBTED
  }

  /**
   * What others may have of this vector, as long as nobody has confirmed this: the own writes up to
   * the trusted one.
   */
  public VersionVector shared(Replica self, VersionVector vector) {
    if (vector.get(self) <= trusted) {
      return vector;
    }
    VersionVector others = vector.without(self);
    return trusted == 0 ? others : others.with(new Dot(self, trusted));
  }

  /** A generation made in this run. */
  public static OwnPast ofNewGeneration(long own) {
    return new OwnPast(own, Certainty.NEW);
  }

  /** Data that was there before this run, and that nobody doubted so far. */
  public static OwnPast found(long own) {
    return new OwnPast(own, Certainty.UNCONFIRMED);
  }

  /** Data that an earlier run has doubted. */
  public static OwnPast doubted(long trusted) {
    return new OwnPast(trusted, Certainty.DOUBTED);
  }
}
