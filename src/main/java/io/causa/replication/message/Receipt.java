package io.causa.replication.message;

import io.causa.clock.VersionVector;
import java.util.Objects;

/**
 * What the causal buffer holds after it took something in.
 *
 * @param received what need not be sent here again
 * @param behindGaps for each origin with a gap in its sequence the first write behind the gap
 * @param awaitedBases the bases that held writes wait for
 */
public record Receipt(
    VersionVector received, VersionVector behindGaps, VersionVector awaitedBases) {

  public Receipt {
    Objects.requireNonNull(received, "received");
    Objects.requireNonNull(behindGaps, "behindGaps");
    Objects.requireNonNull(awaitedBases, "awaitedBases");
  }

  /** A receipt of a buffer in which nothing waits for a base. */
  public Receipt(VersionVector received, VersionVector behindGaps) {
    this(received, behindGaps, VersionVector.EMPTY);
  }

  /**
   * The buffer learns of a commit after the store does, and a snapshot brings what no batch ever
   * brought: whatever is applied is received.
   */
  public Receipt and(VersionVector applied) {
    return new Receipt(received.join(applied), behindGaps, awaitedBases);
  }
}
