package io.causa.core;

import io.causa.clock.VersionVector;

/** Why the store did not do what it was asked for. In each case nothing was written. */
public sealed interface Refusal {

  /**
   * The context was not covered in time.
   *
   * @param context all that the request waited for
   */
  record NotMet(VersionVector context) implements Refusal {}

  /**
   * There is no room for the request.
   *
   * @param limit the name of the limit that is reached
   */
  record Overloaded(String limit) implements Refusal {}

  /**
   * There is no time left that a write could be given, and never will be. See {@link
   * io.causa.clock.LamportTimestamp#MAX_TIME}.
   *
   * @param lamport the highest Lamport time seen
   */
  record Exhausted(long lamport) implements Refusal {}

  /**
   * The write would make the data larger than it may become here.
   *
   * @param fill how full the store is
   */
  record DataFull(DataFill fill) implements Refusal {}
}
