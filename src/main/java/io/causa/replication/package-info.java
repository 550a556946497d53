/**
 * What a replica knows of its peers and what it sends them: windows, digests, pulls, readiness; no
 * I/O.
 *
 * <p>The fast path is a stream of own writes to each peer. The rest of the package is what makes
 * the fast path unimportant: whatever the network loses is noticed by digests and pulled from any
 * member that has it (anti-entropy).
 */
package io.causa.replication;
