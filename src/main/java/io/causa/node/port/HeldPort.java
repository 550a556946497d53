package io.causa.node.port;

import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldPage;
import io.causa.engine.api.HeldWrite;
import io.vertx.core.Future;
import java.util.Optional;

/** The writes that this node holds for clients that do not wait. */
public interface HeldPort {

  /**
   * Lists held writes.
   *
   * @param after only those that were accepted after this one; empty for the first page
   * @param limit how many at the most
   */
  Future<HeldPage> list(Optional<HeldId> after, int limit);

  /** Looks at one; empty if it is applied, expired, cancelled or was never known. */
  Future<Optional<HeldWrite>> find(HeldId id);

  /**
   * Gives up a held write. It is decided in one step with everything that could apply it.
   *
   * @return whether it was held and now is never applied; false if it is not held
   */
  Future<Boolean> cancel(HeldId id);
}
