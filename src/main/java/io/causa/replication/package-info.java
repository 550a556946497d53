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
 *              Reception:        what the peers say of themselves
 *              Announcements:    presences and digests: who this replica is, what it has
 *              Streams:          own writes to each peer, and answers to pulls
 *              Acknowledgements: which peers have applied the own writes
 *              GapRepair:        what an origin did not deliver, from any member that has it
 *              Snapshots:        what is in no log any more
 *              OwnMembership:    this replica among the members
 *              Stability:        what every member has
 *              Retirements:      which lost writes are not waited for any more
 *              RegistrationMonitor: whether the peers reach this replica
 *              Readiness:        when clients may be served
 * </pre>
 *
 * <p>There is one convention: a part pushes its actions into the {@code Outbox}, in the order in
 * which they are to be carried out. A host takes them and carries them out with its {@link
 * io.causa.replication.Actions}. What a part is made of, such as the stream to one peer or a gap,
 * only answers its part.
 */
package io.causa.replication;
