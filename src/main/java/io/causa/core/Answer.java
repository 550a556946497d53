package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;

/** What the store says to one client request, recognised by its ticket. */
public sealed interface Answer {

  /** The request that is answered. */
  long ticket();

  /** The write is durable and visible here. */
  record Written(long ticket, Dot version) implements Answer {}

  /** What the request waited for is applied here: it may read now. */
  record Covered(long ticket) implements Answer {}

  /**
   * The request has to wait; another answer follows.
   *
   * @param waitsFor the first dot that is missing
   */
  record Parked(long ticket, Dot waitsFor) implements Answer {}

  /**
   * The context was not covered in time; nothing was written.
   *
   * @param context all that the request waited for
   */
  record NotMet(long ticket, VersionVector context) implements Answer {}

  /**
   * There is no room; nothing was written.
   *
   * @param limit the name of the limit that is reached
   */
  record Overloaded(long ticket, String limit) implements Answer {}

  /**
   * There is no time left that a write could be given, and never will be; nothing was written. See
   * {@link io.causa.clock.LamportTimestamp#MAX_TIME}.
   *
   * @param lamport the highest Lamport time seen
   */
  record Exhausted(long ticket, long lamport) implements Answer {}

  /**
   * The write would make the data larger than it may become here; nothing was written.
   *
   * @param fill how full the store is
   */
  record DataFull(long ticket, DataFill fill) implements Answer {}
}
