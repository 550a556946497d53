package io.causa.node.port;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.ReadView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes of this replica.
 *
 * <p>Expected failures are typed outcomes. A future fails only when the node is stopping or broken.
 */
public interface StorePort {

  /** What is readable now, from any thread. */
  ReadView view();

  /**
   * Stamps, commits and applies a write once its context is covered here; the outcome has its
   * version.
   */
  Future<Outcome<Dot>> write(WriteRequest request);

  /**
   * Reads several keys, or a page of keys, as one causal snapshot once the context is covered here.
   */
  Future<Outcome<Snapshot>> read(ReadRequest request);

  /**
   * Waits until the context is covered here.
   *
   * @param waitMillis how long to wait at the most
   * @param abandoned completes when the client is gone: the request is forgotten
   */
  Future<Outcome<Void>> await(VersionVector context, long waitMillis, Future<Void> abandoned);

  /** A key with its state at one instant. */
  record KeyedState(String key, Optional<KeyState> state) {}

  /**
   * Keys at one instant.
   *
   * @param applied the vector of that instant
   * @param more whether a page ended at its limit rather than at the last key
   */
  record Snapshot(List<KeyedState> keys, VersionVector applied, boolean more) {}
}
