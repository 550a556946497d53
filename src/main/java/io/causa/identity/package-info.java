/**
 * Keeps one dot from naming two writes: what a replica knows of its own writes, what that allows,
 * and what its next start becomes. No I/O, threads, clocks or randomness.
 *
 * <pre>
 *     first start, or           a start on data that its directory calls
 *     new generation          trusted                          doubted
 *           │                    │                               │
 *           ▼                    ▼        clients wait           ▼
 *          NEW              UNCONFIRMED ────────────────────▶ DOUBTED*
 *           │                    │                               │
 *           │                    │ enough members are heard      │ enough members
 *           │                    ▼                               │ are heard
 *           │                 TRUSTED* ◀─────────────────────────┘
 *           ▼                    ▼
 *   any of these four ── a peer knows own writes that cannot have left ──▶ RENOUNCED*
 *   any of these four ── forgotten, or replaced under its name ──────────▶ RENOUNCED*
 *   NEW or TRUSTED ───── a peer knows such writes, and own writes
 *                        behind the trusted one have left ───────────────▶ FORKED*
 *
 *   RENOUNCED, or the directory may be older ── the next start ──▶ NEW, another generation
 *   FORKED ──────────────────────────────────── the next start ──▶ refused
 * </pre>
 *
 * <p>The directory says the states with *. DOUBTED and its end count once they are durable;
 * RENOUNCED and FORKED end all that leaves at once, and stop the replica once they are durable. The
 * worse of two ends holds: FORKED outranks RENOUNCED. A directory keeps NEW and UNCONFIRMED as
 * TRUSTED, as the next start on it is UNCONFIRMED.
 *
 * <pre>
 *   state         may stamp   which own writes may leave, be claimed, and count as causes
 *   NEW           yes         all
 *   UNCONFIRMED   no          those up to the trusted one
 *   DOUBTED       yes         those up to the trusted one
 *   TRUSTED       yes         all
 *   RENOUNCED     no          nothing leaves; the replica stops, and starts again
 *   FORKED        no          nothing leaves; the replica stops for good
 * </pre>
 *
 * <p>The words:
 *
 * <ul>
 *   <li><em>trusted</em> own write: one that others may have under its dot. {@link
 *       io.causa.identity.Standing#trusted} is the last of them, as the start has found it.
 *   <li><em>doubted</em>: a replica that stamps before enough members were heard, and the own
 *       writes that it stamps then. Their dots may be taken.
 *   <li><em>kept back</em>: durable and readable here, but in no batch, no digest and no snapshot,
 *       and no cause of writes from elsewhere. Own writes behind the trusted one are kept back
 *       while the replica is unconfirmed or doubted.
 *   <li><em>enough members</em>: all of them, or for a while those that can be heard.
 * </ul>
 *
 * <p>The parts: {@link io.causa.identity.StoredIdentity} is what a directory says, and decides the
 * {@link io.causa.identity.NextStart}; {@link io.causa.identity.LastRun} and {@link
 * io.causa.identity.LogEnd} tell data that may not be the latest; a {@link
 * io.causa.identity.StartMoment} makes generations and sessions; {@link
 * io.causa.identity.Incarnation} is the run that begins so; {@link io.causa.identity.Identity} is
 * the state machine of the run; a {@link io.causa.identity.Standing} is one of its states with the
 * trusted own write.
 */
package io.causa.identity;
