package io.causa.replication;

import io.causa.clock.VersionVector;
import java.util.Objects;

/**
 * What the causal buffer holds after it took something in.
 *
 * @param received what need not be sent here again
 * @param behindGaps for each origin with a gap in its sequence the first write behind the gap
 */
public record Receipt(VersionVector received, VersionVector behindGaps) {

  public Receipt {
    Objects.requireNonNull(received, "received");
    Objects.requireNonNull(behindGaps, "behindGaps");
  }
}
