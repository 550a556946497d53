package io.causa.node.port;

import io.causa.clock.VersionVector;

/** What became of waiting for a context. */
public sealed interface WaitOutcome {

  /** Everything in the context is applied here. */
  record Met(VersionVector applied) implements WaitOutcome {}

  /** The context was not covered in time. */
  record NotMet(VersionVector context, VersionVector applied) implements WaitOutcome {}

  /** A named limit is reached. */
  record Overloaded(String limit, VersionVector applied) implements WaitOutcome {}
}
