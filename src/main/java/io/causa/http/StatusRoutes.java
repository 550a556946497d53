package io.causa.http;

import io.causa.access.Grant;
import io.causa.access.Right;
import io.causa.clock.VersionVector;
import io.causa.engine.api.HeldWrite;
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
        Route.node(HttpMethod.GET, "/", Right.OPEN, StatusRoutes::home),
        Route.node(HttpMethod.GET, "/status", Right.READ, StatusRoutes::status));
  }

  private static Future<Answer> home(Exchange exchange) {
    if (!exchange.isKnown()) {
      return Future.succeededFuture(
          Answer.json(200, VersionVector.EMPTY, StatusJson.forStrangers(exchange.node()))
              .header(HttpHeaders.VARY, HttpHeaders.ACCEPT));
    }
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
        .header(Headers.NOSNIFF_NAME, Headers.NOSNIFF)
        .header(Headers.POLICY, Headers.STYLES_ONLY)
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
   * @param store one instant, so that not even a status shows an effect without its cause; empty
   *     for a caller that is limited to prefixes
   * @param grant what the caller may see
   */
  record Picture(NodeStatus status, Snapshot store, Grant grant) {

    /** Returns the buffered writes of keys that the caller may see. */
    List<NodeStatus.Buffered> buffered() {
      return status.buffered().stream().filter(write -> grant.coversAll(write.keys())).toList();
    }

    /** Returns the held writes of keys that the caller may see. */
    List<HeldWrite> held() {
      return status.held().stream().filter(write -> grant.coversAll(write.keys())).toList();
    }

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
        .compose(status -> store.map(snapshot -> new Picture(status, snapshot, exchange.grant())));
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
    if (exchange.grant().isLimited()) {
      return Future.succeededFuture(noKeys());
    }
    ReadRequest request =
        new ReadRequest(
            new ReadRequest.Page("", "", StatusJson.STORE_KEYS), VersionVector.EMPTY, 0);
    return exchange.store().read(request, exchange.abandoned()).map(StatusRoutes::snapshot);
  }

  /** A status never fails because the store is busy; it shows no keys then, and says so. */
  private static Snapshot snapshot(Outcome<Snapshot> outcome) {
    return outcome instanceof Outcome.Done<Snapshot> read ? read.value() : noKeys();
  }

  private static Snapshot noKeys() {
    return new Snapshot(List.of(), VersionVector.EMPTY, true);
  }
}
