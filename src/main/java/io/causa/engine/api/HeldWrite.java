package io.causa.engine.api;

import io.causa.clock.Dot;
import java.util.List;

/**
 * A write that was accepted and waits for its context.
 *
 * @param id its name, by which it can be looked at and cancelled
 * @param keys what it changes
 * @param bytes what it occupies on the heap, about
 * @param heldMillis how long it has been held
 * @param expiresInMillis after how long it is given up
 * @param waitsFor the first dot of its context that is missing
 */
public record HeldWrite(
    HeldId id, List<String> keys, long bytes, long heldMillis, long expiresInMillis, Dot waitsFor) {

  public HeldWrite {
    keys = List.copyOf(keys);
  }
}
