package io.causa.node.port;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The writes that this node holds for clients that do not wait. */
public interface HeldPort {

  /**
   * Some held writes, in the order in which they were accepted.
   *
   * @param writes how many are held in all
   * @param bytes what all of them occupy on the heap, about
   * @param more whether there are further ones behind the page
   */
  record Page(List<HeldWrite> held, int writes, long bytes, boolean more) {}

  /**
   * Lists held writes.
   *
   * @param after only those that were accepted after this one; empty for the first page
   * @param limit how many at the most
   */
  Future<Page> list(Optional<HeldId> after, int limit);

  /** Looks at one; empty if it is not held: applied, expired, cancelled or never known. */
  Future<Optional<HeldWrite>> find(HeldId id);

  /**
   * Gives up a held write. It is decided in one step with everything that could apply it.
   *
   * @return whether it was held and now is never applied; false if it is not held
   */
  Future<Boolean> cancel(HeldId id);
}
