/**
 * What a write is, when it is deliverable, and which version of a key is visible.
 *
 * <p>Values that every other package speaks of ({@link io.causa.core.Write}, {@link
 * io.causa.core.KeyState}, {@link io.causa.core.Commit}), the {@link io.causa.core.CausalBuffer},
 * and the faces of a store: {@link io.causa.core.Proposal}, {@link io.causa.core.Answer}, {@link
 * io.causa.core.ReadView}. It uses no subpackage; they use it:
 *
 * <ul>
 *   <li>{@code core.snapshot}: what one replica had at one instant, and how another joins it
 *   <li>{@code core.store}: stamp, commit, apply, and the requests that wait
 *   <li>{@code core.encoding}: bytes of the values
 * </ul>
 *
 * <p>No I/O, threads, clocks or randomness in any of them: the verticles and the simulator drive
 * the same classes. A write's way:
 *
 * <pre>
 *   remote write ──▶ CausalBuffer ──┐
 *                                   ├──▶ CommitPipeline ──▶ KeyStates
 *   client request ─▶ Store ────────┘
 *                       └ ParkedRequests
 * </pre>
 */
package io.causa.core;
