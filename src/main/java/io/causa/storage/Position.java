package io.causa.storage;

import io.causa.clock.VersionVector;

/**
 * Where a storage stands after a commit.
 *
 * @param applied the vector of the last durable commit
 * @param lamport the highest Lamport time seen by then
 * @param trimmed what the log holds no longer
 * @param logBytes what the log holds, as the sum of the sizes of its writes
 */
record Position(VersionVector applied, long lamport, VersionVector trimmed, long logBytes) {

  static final Position START = new Position(VersionVector.EMPTY, 0, VersionVector.EMPTY, 0);
}
