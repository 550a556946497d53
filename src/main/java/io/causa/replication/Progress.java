package io.causa.replication;

import io.causa.clock.VersionVector;
import io.causa.replication.message.Receipt;

/**
 * What this replica has of all writes, as far as the loops that own it have said so here.
 *
 * <p>Owner: the replication loop.
 */
final class Progress {

  private VersionVector applied;
  private VersionVector trimmed;
  private Receipt receipt;

  /**
   * @param applied what is durable and visible here
   * @param trimmed what the log holds no longer
   */
  Progress(VersionVector applied, VersionVector trimmed) {
    this.applied = applied;
    this.trimmed = trimmed;
    this.receipt = new Receipt(applied, VersionVector.EMPTY);
  }

  /** The causal buffer has changed. */
  void received(Receipt latest) {
    receipt = latest.and(applied);
  }

  /** A commit is complete. */
  void applied(VersionVector after) {
    applied = after;
    receipt = receipt.and(after);
  }

  /** The log may have been trimmed. */
  void trimmed(VersionVector nowTrimmed) {
    trimmed = trimmed.join(nowTrimmed);
  }

  VersionVector applied() {
    return applied;
  }

  VersionVector received() {
    return receipt.received();
  }

  /** What is received, and where it has gaps. */
  Receipt receipt() {
    return receipt;
  }

  /** What the log holds no longer. */
  VersionVector trimmed() {
    return trimmed;
  }
}
