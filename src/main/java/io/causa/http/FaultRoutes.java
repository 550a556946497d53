package io.causa.http;

import io.causa.access.Right;
import io.causa.clock.VersionVector;
import io.causa.node.port.NodePort;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** The link faults of this node, read and replaced as a whole: {@code /admin/faults}. */
final class FaultRoutes {

  private static final int BODY_BYTES = 1 << 20;

  List<Route> routes() {
    return List.of(
        Route.node(HttpMethod.GET, "/admin/faults", Right.ADMIN, FaultRoutes::get),
        Route.node(HttpMethod.PUT, "/admin/faults", Right.ADMIN, FaultRoutes::put));
  }

  private static Future<Answer> get(Exchange exchange) {
    requireAllowed(exchange);
    return Future.succeededFuture(rules(exchange.node()));
  }

  private static Future<Answer> put(Exchange exchange) {
    requireAllowed(exchange);
    return exchange
        .body(BODY_BYTES, "the size of fault rules")
        .map(body -> replace(exchange.node(), body));
  }

  private static Answer replace(NodePort node, byte[] body) {
    node.setFaults(FaultRulesJson.parse(body));
    return rules(node);
  }

  private static Answer rules(NodePort node) {
    VersionVector applied = node.store().view().applied();
    return Answer.json(
        200, applied, new JsonObject().put("rules", FaultRulesJson.toJson(node.faults())));
  }

  private static void requireAllowed(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    if (!exchange.node().faultsAllowed()) {
      throw new ProblemException(
          ProblemType.FAULTS_OFF,
          "link faults are for tests and demonstrations; start the node with --faults (or node.faults: true) to allow them");
    }
  }
}
