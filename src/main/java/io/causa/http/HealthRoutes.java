package io.causa.http;

import io.causa.clock.VersionVector;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * For probes: {@code /health/live} while the process answers, {@code /health/ready} once it may be
 * used.
 */
final class HealthRoutes {

  List<Route> routes() {
    return List.of(
        Route.open(HttpMethod.GET, "/health/live", HealthRoutes::live),
        Route.open(HttpMethod.GET, "/health/ready", HealthRoutes::ready));
  }

  private static Future<Answer> live(Exchange exchange) {
    return Future.succeededFuture(up(exchange, "live"));
  }

  private static Future<Answer> ready(Exchange exchange) {
    if (exchange.node().isReady()) {
      return Future.succeededFuture(up(exchange, "ready"));
    }
    return exchange.node().status().map(status -> notReady(exchange, status.notReady()));
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
