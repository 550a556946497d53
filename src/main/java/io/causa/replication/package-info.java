/**
 * What a replica knows of its peers and what it sends them: windows, digests, pulls, readiness; no
 * I/O, threads, clocks or randomness.
 *
 * <p>The fast path is a stream of own writes to each peer. The rest of the package is what makes
 * the fast path unimportant: whatever the network loses is noticed by digests and pulled from any
 * member that has it (anti-entropy).
 *
 * <pre>
 *   messages, receipts, commits, time ─▶ {@link io.causa.replication.Replicator} ─▶ {@link io.causa.replication.Action}s
 *                                          │
 *              Streams:         own writes to each peer, and answers to pulls
 *              Digests:         what this replica has
 *              GapRepair:       what an origin did not deliver, from whoever has it
 *              Snapshots:       what is in nobody's log any more
 *              OwnMembership:   this replica among the members
 *              StabilityReport: what every member has
 *              Retirements:     which lost writes nobody waits for any more
 *              Readiness:       when clients may be served
 * </pre>
 */
package io.causa.replication;
