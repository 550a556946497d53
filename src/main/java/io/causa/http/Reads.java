package io.causa.http;

import io.causa.engine.api.Outcome;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.node.port.StorePort;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads once the client's context is covered here; what every road of reading has in common. */
final class Reads {

  private Reads() {}

  /**
   * Reads on this loop when the context is covered already, as it nearly always is; else waits for
   * it.
   *
   * @param read reads as {@link io.causa.core.KeyReading} does: the vector before the key
   */
  static Future<Answer> whenCovered(Exchange exchange, Supplier<Answer> read) {
    StorePort store = exchange.store();
    if (store.view().applied().covers(exchange.context())) {
      return Future.succeededFuture(read.get());
    }
    Preferences preferences = exchange.preferences();
    return store
        .await(exchange.context(), preferences.waitMillis(), exchange.abandoned())
        .map(outcome -> preferences.applyTo(answer(exchange, outcome, covered -> read.get())));
  }

  /** Reads several keys of one instant. */
  static Future<Answer> snapshot(
      Exchange exchange, ReadRequest.Selection selection, Function<Snapshot, Answer> read) {
    Preferences preferences = exchange.preferences();
    ReadRequest request = new ReadRequest(selection, exchange.context(), preferences.waitMillis());
    return exchange
        .store()
        .read(request, exchange.abandoned())
        .map(outcome -> preferences.applyTo(answer(exchange, outcome, read)));
  }

  private static <T> Answer answer(
      Exchange exchange, Outcome<T> outcome, Function<T, Answer> read) {
    return outcome instanceof Outcome.Done<T> done
        ? read.apply(done.value())
        : Refusals.answer((Outcome.Refused<T>) outcome, exchange.node().names());
  }
}
