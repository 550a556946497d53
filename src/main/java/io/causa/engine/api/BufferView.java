package io.causa.engine.api;

import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import java.util.List;

/**
 * What the causal buffer holds, at one instant.
 *
 * @param heldWrites how many remote writes are held back
 * @param heldBytes how many bytes they have on the heap, about
 * @param blocked the first of them, with what each waits for
 * @param received what need not be sent here again
 */
public record BufferView(
    int heldWrites, long heldBytes, List<CausalBuffer.Blocked> blocked, VersionVector received) {}
