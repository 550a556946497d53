/**
 * What a replica decides: the stamp, causal delivery, convergence, and what must be durable before
 * what is released.
 *
 * <p>No I/O, threads, clocks or randomness: the verticles and the simulator drive the same classes.
 * A write's way:
 *
 * <pre>
 *   remote write ──▶ {@link io.causa.core.CausalBuffer} ──┐
 *                                           ├──▶ {@link io.causa.core.CommitPipeline} ──▶ {@link io.causa.core.KeyStates}
 *   client request ─▶ {@link io.causa.core.Store} ────────┘
 *                       └ {@link io.causa.core.ParkedRequests}
 * </pre>
 */
package io.causa.core;
