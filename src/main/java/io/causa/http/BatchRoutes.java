package io.causa.http;

import io.causa.core.Mutation;
import io.causa.node.config.NodeConfig;
import io.vertx.core.http.HttpMethod;
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
    return List.of(Route.write(HttpMethod.POST, "/kv", this::post));
  }

  private void post(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    Writes.checkHeaders(exchange);
    exchange.withBody(limits.bodyBytes(), "http.bodyBytes", body -> write(exchange, body));
  }

  private void write(Exchange exchange, byte[] body) {
    List<Mutation> mutations =
        JsonWeight.within(exchange.edge().load().bodies(), body, () -> bodies.parse(body));
    List<String> keys = mutations.stream().map(Mutation::key).toList();
    keys.forEach(exchange::requireKey);
    Writes.write(
        exchange,
        mutations,
        exchange.preferences().respondAsync(),
        written -> KeyAnswers.written(exchange, JsonText.of("keys", keys), written),
        held -> KeyAnswers.held(held, exchange.node().names()));
  }
}
