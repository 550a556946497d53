package io.causa.core;

import io.causa.clock.Dot;

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

  /** The request is given up; nothing was written. */
  record Refused(long ticket, Refusal why) implements Answer {}
}
