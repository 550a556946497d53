/**
 * All that one replica had at one instant, for a replica that no log can help any more.
 *
 * <p>The server walks over its states with a {@link io.causa.core.snapshot.SnapshotCut} and gives
 * them out slice by slice ({@link io.causa.core.snapshot.SnapshotTransfers}). The asker checks that
 * it has {@link io.causa.core.snapshot.SnapshotRoom} for them, and joins them with its own states
 * ({@link io.causa.core.snapshot.SnapshotJoin}). The store installs the result in the place of a
 * commit.
 */
package io.causa.core.snapshot;
