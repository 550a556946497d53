/**
 * The order of events: replicas, dots, version vectors and Lamport timestamps.
 *
 * <p>Everything here is an immutable value that uses nothing but {@code java.*}; whoever wants to
 * see how vector clocks work starts at {@link io.causa.clock.VersionVector}.
 */
package io.causa.clock;
