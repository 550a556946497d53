package io.causa.engine.api;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Refusal;

/**
 * What became of a request to the store.
 *
 * @param <T> what it asks for: a write for its version, a read for the keys, a wait for nothing
 *     more ({@link Void})
 */
public sealed interface Outcome<T> {

  /** What is applied here, as of the answer. */
  VersionVector applied();

  /**
   * The request is carried out: a write is durable and visible here, a context is covered.
   *
   * @param value what was asked for; null after a wait
   */
  record Done<T>(T value, VersionVector applied) implements Outcome<T> {}

  /**
   * The write is held until its context is covered here. Only a write that allows it ends so.
   *
   * @param id by which it can be looked at and cancelled
   * @param waitsFor the first dot that is missing
   */
  record Held<T>(HeldId id, Dot waitsFor, VersionVector applied) implements Outcome<T> {}

  /** The request is given up; surely nothing was written. */
  record Refused<T>(Refusal why, VersionVector applied) implements Outcome<T> {}
}
