package io.causa.node.port;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;

/** What became of a write. */
public sealed interface WriteOutcome {

  /** Durable and visible here. */
  record Written(Dot version, VersionVector applied) implements WriteOutcome {}

  /**
   * Held until its context is covered here.
   *
   * @param id by which it can be looked at and cancelled
   * @param waitsFor the first dot that is missing
   */
  record Held(HeldId id, Dot waitsFor, VersionVector applied) implements WriteOutcome {}

  /** The context was not covered in time: surely not written. */
  record NotMet(VersionVector context, VersionVector applied) implements WriteOutcome {}

  /** A named limit is reached: surely not written. */
  record Overloaded(String limit, VersionVector applied) implements WriteOutcome {}

  /**
   * No write can be stamped here any more, as the Lamport time has reached its end: surely not
   * written.
   *
   * @param lamport the highest Lamport time seen
   */
  record Exhausted(long lamport, VersionVector applied) implements WriteOutcome {}

  /** The data may not become larger: surely not written. */
  record DataFull(DataFill fill, VersionVector applied) implements WriteOutcome {}
}
