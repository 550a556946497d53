package io.causa.identity;

import io.causa.clock.Replica;

/** What the next start on a data directory becomes. */
public sealed interface NextStart {

  /** The same generation goes on. */
  record Continue(Incarnation run) implements NextStart {}

  /**
   * A new generation takes the data. Own writes behind the trusted one get dots of the new
   * generation, which is right as no other replica has one of them; all else stays as it is.
   *
   * @param fresh the new generation
   * @param trusted the last own write that keeps its dot
   */
  record Rename(Replica fresh, long trusted, Incarnation run) implements NextStart {}

  /**
   * No start may use the data: dots behind the trusted own write name two writes, and both have
   * spread.
   */
  record Refuse(long trusted) implements NextStart {}
}
