package io.causa.node.port;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.ReadView;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import io.vertx.core.Future;

/**
 * Reads and writes of this replica.
 *
 * <p>Expected failures are typed outcomes. A future fails only when the node is stopping or broken.
 * A request whose client is gone is forgotten if it still waits.
 */
public interface StorePort {

  /** Returns what is readable now, from any thread. */
  ReadView view();

  /**
   * Stamps, commits and applies a write once its context is covered here; the outcome has its
   * version.
   *
   * @param abandoned completes when the client is gone
   */
  Future<Outcome<Dot>> write(WriteRequest request, Future<Void> abandoned);

  /**
   * Reads several keys, or a page of keys, as one causal snapshot once the context is covered here.
   *
   * @param abandoned completes when the client is gone
   */
  Future<Outcome<Snapshot>> read(ReadRequest request, Future<Void> abandoned);

  /**
   * Waits until the context is covered here.
   *
   * @param waitMillis how long to wait at the most
   * @param abandoned completes when the client is gone
   */
  Future<Outcome<Void>> await(VersionVector context, long waitMillis, Future<Void> abandoned);
}
