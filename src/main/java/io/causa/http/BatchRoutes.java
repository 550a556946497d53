package io.causa.http;

import io.causa.core.Mutation;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** One atomic write of several keys: {@code POST /kv}. */
final class BatchRoutes {

  private final NodeConfig.Http limits;
  private final BatchBody bodies;

  BatchRoutes(Edge edge) {
    this.limits = edge.limits();
    this.bodies = new BatchBody(limits);
  }

  List<Route> routes() {
    return List.of(Route.data(HttpMethod.POST, "/kv", this::post));
  }

  private Future<Answer> post(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    Writes.checkHeaders(exchange);
    return exchange
        .body(limits.bodyBytes(), "http.bodyBytes")
        .compose(body -> write(exchange, body));
  }

  private Future<Answer> write(Exchange exchange, byte[] body) {
    List<Mutation> mutations =
        JsonWeight.within(exchange.edge().load().bodies(), body, () -> bodies.parse(body));
    JsonArray keys = new JsonArray();
    mutations.forEach(mutation -> keys.add(mutation.key()));
    return Writes.write(
        exchange,
        mutations,
        exchange.preferences().respondAsync(),
        written ->
            KeyAnswers.written(
                new JsonObject().put("keys", keys), written, exchange.node().names()),
        held -> KeyAnswers.held(held, exchange.node().names()));
  }
}
