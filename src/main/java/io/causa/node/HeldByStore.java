package io.causa.node;

import io.causa.core.Mutation;
import io.causa.core.store.HeldWrites;
import io.causa.core.store.Store;
import io.causa.node.port.HeldId;
import io.causa.node.port.HeldPort;
import io.causa.node.port.HeldWrite;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The held writes of the store under the names that clients have for them. Everything is decided on
 * the store's loop.
 */
final class HeldByStore implements HeldPort {

  private final Loop loop;
  private final Store store;
  private final StoreAnswers answers;
  private final long session;

  /**
   * @param session the run of the node: a name of another run is not known here
   */
  HeldByStore(Loop loop, Store store, StoreAnswers answers, long session) {
    this.loop = loop;
    this.store = store;
    this.answers = answers;
    this.session = session;
  }

  @Override
  public Future<Page> list(Optional<HeldId> after, int limit) {
    return loop.compute(() -> page(after.map(this::position).orElse(0L), limit));
  }

  /** What was accepted in an earlier run comes before everything here, and is gone. */
  private long position(HeldId id) {
    if (id.session() == session) {
      return id.ticket();
    }
    return id.session() < session ? 0 : Long.MAX_VALUE;
  }

  /** Looks at the first ones, on the store's loop. */
  Page look(int limit) {
    return page(0, limit);
  }

  private Page page(long after, int limit) {
    List<HeldWrites.Held> some = store.held().list(after, limit + 1);
    List<HeldWrite> shown =
        some.stream().limit(limit).flatMap(held -> describe(held).stream()).toList();
    return new Page(shown, store.held().waiting(), store.held().bytes(), some.size() > limit);
  }

  @Override
  public Future<Optional<HeldWrite>> find(HeldId id) {
    return loop.compute(
        () ->
            id.session() == session
                ? store.held().find(id.ticket()).flatMap(this::describe)
                : Optional.empty());
  }

  @Override
  public Future<Boolean> cancel(HeldId id) {
    return loop.compute(
        () -> {
          boolean cancelled = id.session() == session && store.cancelHeld(id.ticket());
          if (cancelled) {
            answers.forget(id.ticket());
          }
          return cancelled;
        });
  }

  private Optional<HeldWrite> describe(HeldWrites.Held held) {
    long nowMillis = MonotonicClock.millis();
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
