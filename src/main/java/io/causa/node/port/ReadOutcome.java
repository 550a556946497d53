package io.causa.node.port;

import io.causa.clock.VersionVector;

/** What became of a read of several keys. */
public sealed interface ReadOutcome {

  /** The keys at one instant. */
  record Read(StorePort.Snapshot snapshot) implements ReadOutcome {}

  /** The context was not covered in time. */
  record NotMet(VersionVector context, VersionVector applied) implements ReadOutcome {}

  /** A named limit is reached. */
  record Overloaded(String limit, VersionVector applied) implements ReadOutcome {}
}
