package io.causa.node.port;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.ReadView;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

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
   * Stamps, commits and applies a write once its context is covered here.
   *
   * <p>This is the hottest question to a node, and so it is answered without a future.
   *
   * @param reply is told the outcome, on the context of the caller and after this call; the outcome
   *     has the version of the write. It is told nothing if the node stops first.
   * @return to be told when the client is gone
   */
  Pending write(WriteRequest request, Consumer<Outcome<Dot>> reply);

  /**
   * Writes as {@link #write(WriteRequest, Consumer)} does.
   *
   * @param abandoned completes when the client is gone
   */
  default Future<Outcome<Dot>> write(WriteRequest request, Future<Void> abandoned) {
    Promise<Outcome<Dot>> outcome = Promise.promise();
    Pending pending = write(request, outcome::complete);
    abandoned.onSuccess(gone -> pending.abandon());
    return outcome.future();
  }

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
