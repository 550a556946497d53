/**
 * Real nodes under a random load and random faults, judged by what clients saw.
 *
 * <p>Knows nodes only as any client does, and their processes only through {@link
 * io.causa.torture.NodePower}.
 */
package io.causa.torture;
