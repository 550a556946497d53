package io.causa.http;

import io.causa.access.Right;
import io.causa.clock.VersionVector;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For probes: {@code /health/live} while the process answers, {@code /health/ready} once it may be
 * used.
 */
final class HealthRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  /** The full reason names other nodes. */
  private static final String STRANGERS_REASON =
      "the node is starting, catching up or stopping; with a token, this answer says more";

  List<Route> routes() {
    return List.of(
        Route.node(HttpMethod.GET, "/health/live", Right.OPEN, HealthRoutes::live),
        Route.node(HttpMethod.GET, "/health/ready", Right.OPEN, HealthRoutes::ready));
  }

  private static Future<Answer> live(Exchange exchange) {
    return Future.succeededFuture(up(exchange, "live"));
  }

  private static Future<Answer> ready(Exchange exchange) {
    if (exchange.node().isAvailable()) {
      return Future.succeededFuture(up(exchange, "ready"));
    }
    if (!exchange.isKnown()) {
      return Future.succeededFuture(notReady(exchange, STRANGERS_REASON));
    }
    return Future.succeededFuture()
        .compose(asked -> exchange.node().status())
        .map(status -> StatusJson.notReady(exchange.node(), status))
        .recover(HealthRoutes::unknownReason)
        .map(reason -> notReady(exchange, reason));
  }

  /** While the node's parts come up, or go down, a probe gets its 503 even if none can say why. */
  private static Future<String> unknownReason(Throwable failure) {
    LOG.debug("a node that is not ready has no status", failure);
    return Future.succeededFuture("its parts are still starting, or already stopping");
  }

  private static Answer up(Exchange exchange, String state) {
    VersionVector applied = exchange.store().view().applied();
    return Answer.json(200, applied, new JsonObject().put("status", state));
  }

  private static Answer notReady(Exchange exchange, String reason) {
    String detail = reason.isEmpty() ? "it is becoming ready right now" : reason;
    return Answer.problem(
        new Problem(ProblemType.NOT_READY, detail), exchange.store().view().applied());
  }
}
