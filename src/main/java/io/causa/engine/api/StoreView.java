package io.causa.engine.api;

import io.causa.core.DataFill;
import io.causa.core.snapshot.SnapshotTransfers;
import java.util.List;

/**
 * What the store does, at one instant.
 *
 * @param lamport the highest Lamport time seen
 * @param conflicts how many keys have concurrent versions that lost, now
 * @param conflictsSeen how many times a write met a concurrent version of its key since the start
 * @param parkedRequests how many requests of clients that wait are parked until their context is
 *     here
 * @param held the first held writes
 * @param reservedHeld how many held writes have room reserved, those on their way into a commit
 *     included
 * @param expiredHeld how many held writes were given up since the start
 * @param tombstones how many deleted keys wait until every member has seen that
 * @param lateWrites how many writes since the start had missed a delete that is forgotten here
 * @param serving the peers that are being given a snapshot
 * @param data how full the store is
 * @param isIdle whether nothing is on its way to the disk
 */
public record StoreView(
    long lamport,
    int conflicts,
    long conflictsSeen,
    int parkedRequests,
    HeldPage held,
    int reservedHeld,
    long expiredHeld,
    int tombstones,
    long lateWrites,
    List<SnapshotTransfers.Serving> serving,
    DataFill data,
    boolean isIdle) {}
