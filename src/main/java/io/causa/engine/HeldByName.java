package io.causa.engine;

import io.causa.core.Mutation;
import io.causa.core.store.HeldWrites;
import io.causa.core.store.Store;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldPage;
import io.causa.engine.api.HeldWrite;
import io.causa.engine.port.Observer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The held writes of the store under the names that clients have for them.
 *
 * <p>Owner: the store's loop.
 */
public final class HeldByName {

  private final Store store;
  private final StoreRequests requests;
  private final long session;
  private final LongSupplier clock;
  private final Observer observer;

  /**
   * @param session the run of the node: a name of another run is not known here
   * @param clock the time of the loop, in milliseconds
   */
  HeldByName(
      Store store, StoreRequests requests, long session, LongSupplier clock, Observer observer) {
    this.store = store;
    this.requests = requests;
    this.session = session;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Returns some held writes in the order in which they were accepted.
   *
   * @param after only those that were accepted after this one; empty for the first page
   * @param limit how many at the most
   */
  public HeldPage page(Optional<HeldId> after, int limit) {
    long position = after.map(this::position).orElse(0L);
    List<HeldWrites.Held> some = store.held().list(position, limit + 1);
    List<HeldWrite> shown =
        some.stream().limit(limit).flatMap(one -> describe(one).stream()).toList();
    return new HeldPage(shown, store.held().waiting(), store.held().bytes(), some.size() > limit);
  }

  /** What was accepted in an earlier run comes before everything here, and is gone. */
  private long position(HeldId id) {
    if (id.session() == session) {
      return id.ticket();
    }
    return id.session() < session ? 0 : Long.MAX_VALUE;
  }

  /** Returns one held write; empty if it is applied, expired, cancelled or was never known. */
  public Optional<HeldWrite> find(HeldId id) {
    return id.session() == session
        ? store.held().find(id.ticket()).flatMap(this::describe)
        : Optional.empty();
  }

  /**
   * Gives up a held write. It is decided in one step with everything that could apply it.
   *
   * @return whether the write was held and now is never applied
   */
  public boolean cancel(HeldId id) {
    boolean cancelled = id.session() == session && store.cancelHeld(id.ticket());
    if (cancelled) {
      requests.forget(id.ticket());
      observer.cancelled(id.ticket());
    }
    return cancelled;
  }

  private Optional<HeldWrite> describe(HeldWrites.Held held) {
    long nowMillis = clock.getAsLong();
    return store
        .missing(held)
        .map(
            missing ->
                new HeldWrite(
                    new HeldId(session, held.ticket()),
                    held.proposal().mutations().stream().map(Mutation::key).toList(),
                    held.bytes(),
                    nowMillis - held.sinceMillis(),
                    Math.max(0, held.deadlineMillis() - nowMillis),
                    missing));
  }
}
