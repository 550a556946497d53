package io.causa.http;

import io.causa.access.Right;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldPage;
import io.causa.engine.api.HeldWrite;
import io.causa.wire.VectorJson;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The writes that were answered 202 and wait for their contexts: {@code /admin/held}. They can be
 * looked at and cancelled.
 */
final class HeldRoutes {

  private static final String PATH = "/admin/held";
  private static final int PAGE_WRITES = 100;

  List<Route> routes() {
    return List.of(
        Route.node(HttpMethod.GET, PATH, Right.ADMIN, HeldRoutes::list),
        Route.node(HttpMethod.GET, PATH + "/{id}", Right.READ, HeldRoutes::find),
        Route.node(HttpMethod.DELETE, PATH + "/{id}", Right.WRITE, HeldRoutes::cancel));
  }

  /** Returns the path of a held write. */
  static String path(HeldId id) {
    return PATH + "/" + id;
  }

  private static Future<Answer> list(Exchange exchange) {
    QueryParameters query = exchange.query().allowOnly(Set.of("after", "limit"));
    Optional<HeldId> after = query.one("after").map(HeldRoutes::after);
    int most = exchange.edge().limits().pageKeys();
    int limit = query.positive("limit", Math.min(PAGE_WRITES, most), most, "http.pageKeys");
    return exchange.node().held().list(after, limit).map(page -> answer(exchange, page));
  }

  private static HeldId after(String text) {
    return HeldId.parse(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    new Problem(
                            ProblemType.BAD_PARAMETER,
                            "after is the id of a held write, as \"next\" of the page before had it, not \"%s\""
                                .formatted(Excerpt.of(text)))
                        .with("parameter", "after")));
  }

  private static Answer answer(Exchange exchange, HeldPage page) {
    ReplicaNames names = exchange.node().names();
    JsonArray held = new JsonArray();
    page.held().forEach(write -> held.add(HeldJson.inList(write, names)));
    JsonObject json =
        new JsonObject()
            .put("held", held)
            .put("heldWrites", page.writes())
            .put("heldBytes", page.bytes())
            .put("more", page.more());
    if (page.more()) {
      json.put("next", page.held().get(page.held().size() - 1).id().toString());
    }
    return answer(exchange, json);
  }

  private static Future<Answer> find(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    HeldId id = id(exchange);
    return exchange
        .node()
        .held()
        .find(id)
        .map(
            found -> {
              HeldWrite write =
                  found
                      .filter(held -> exchange.grant().coversAll(held.keys()))
                      .orElseThrow(() -> new ProblemException(unknown(id.toString())));
              return answer(exchange, HeldJson.alone(write, exchange.node().names()));
            });
  }

  private static Future<Answer> cancel(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    HeldId id = id(exchange);
    return mayCancel(exchange, id)
        .compose(may -> may ? exchange.node().held().cancel(id) : Future.succeededFuture(false))
        .map(
            cancelled -> {
              if (!cancelled) {
                throw new ProblemException(unknown(id.toString()));
              }
              return answer(exchange, new JsonObject().put("cancelled", id.toString()));
            });
  }

  /** A caller that is limited to prefixes looks at the keys first; they never change. */
  private static Future<Boolean> mayCancel(Exchange exchange, HeldId id) {
    return exchange.grant().isLimited()
        ? exchange
            .node()
            .held()
            .find(id)
            .map(found -> found.filter(h -> exchange.grant().coversAll(h.keys())).isPresent())
        : Future.succeededFuture(true);
  }

  private static HeldId id(Exchange exchange) {
    String path = exchange.request().path();
    String text = PercentText.decode(path.substring(PATH.length() + 1), false);
    return HeldId.parse(text).orElseThrow(() -> new ProblemException(unknown(text)));
  }

  private static Problem unknown(String id) {
    return new Problem(
        ProblemType.UNKNOWN_HELD_WRITE,
        "no write \"%s\" is held here: it is applied, or was given up or cancelled, or ended with the run of the node that held it; read its keys to see"
            .formatted(Excerpt.of(id)));
  }

  private static Answer answer(Exchange exchange, JsonObject json) {
    VersionVector applied = exchange.store().view().applied();
    json.put("clock", VectorJson.toJson(applied, exchange.node().names()));
    return Answer.json(200, applied, json).header(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
  }
}
