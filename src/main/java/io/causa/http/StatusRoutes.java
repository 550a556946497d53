package io.causa.http;

import io.causa.clock.VersionVector;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * What the node is doing, for people and programs: {@code /status}, and {@code /} as a heartbeat.
 */
final class StatusRoutes {

  List<Route> routes() {
    return List.of(
        Route.open(HttpMethod.GET, "/", StatusRoutes::home),
        Route.open(HttpMethod.GET, "/status", StatusRoutes::status));
  }

  private static Future<Answer> home(Exchange exchange) {
    if (!Accepts.asksFor(exchange.header(HttpHeaders.ACCEPT), "text/html")) {
      VersionVector applied = exchange.store().view().applied();
      return Future.succeededFuture(
          Answer.json(200, applied, StatusJson.heartbeat(exchange.node(), applied))
              .header(HttpHeaders.VARY, HttpHeaders.ACCEPT));
    }
    return picture(exchange).map(picture -> page(exchange, picture));
  }

  private static Answer page(Exchange exchange, Picture picture) {
    return new Answer(200, picture.clock())
        .body(Headers.HTML, HomePage.render(exchange.node(), picture))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
  }

  private static Future<Answer> status(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    return picture(exchange)
        .map(
            picture ->
                Answer.json(200, picture.clock(), StatusJson.of(exchange.edge(), picture))
                    .header(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE));
  }

  /**
   * The node's status and the first keys of its store.
   *
   * @param store one instant, so that not even a status shows an effect without its cause
   */
  record Picture(NodeStatus status, Snapshot store) {

    VersionVector clock() {
      return status.applied().join(store.applied());
    }
  }

  private static Future<Picture> picture(Exchange exchange) {
    Future<Snapshot> store = firstKeys(exchange);
    return exchange
        .node()
        .status()
        .recover(StatusRoutes::unavailable)
        .compose(status -> store.map(snapshot -> new Picture(status, snapshot)));
  }

  /** A part of the node does not answer: it stands still, or it is closed already. */
  private static Future<NodeStatus> unavailable(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new ProblemException(
                ProblemType.NOT_READY,
                "a part of the node does not answer: it is overloaded, or stopping; try again")
            : failure);
  }

  private static Future<Snapshot> firstKeys(Exchange exchange) {
    ReadRequest request =
        new ReadRequest(
            new ReadRequest.Page("", "", StatusJson.STORE_KEYS), VersionVector.EMPTY, 0);
    return exchange.store().read(request, exchange.abandoned()).map(StatusRoutes::snapshot);
  }

  /** A status never fails because the store is busy; it shows no keys then, and says so. */
  private static Snapshot snapshot(Outcome<Snapshot> outcome) {
    return outcome instanceof Outcome.Done<Snapshot> read
        ? read.value()
        : new Snapshot(List.of(), VersionVector.EMPTY, true);
  }
}
