package io.causa.http;

import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** One key: {@code /kv/{key}}. */
final class KeyRoutes {

  private static final String UNTYPED = "application/octet-stream";

  private final NodeConfig.Http limits;
  private final KeyText keys;

  KeyRoutes(Edge edge) {
    this.limits = edge.limits();
    this.keys = new KeyText(limits.keyBytes());
  }

  List<Route> routes() {
    return List.of(
        Route.read(HttpMethod.GET, RouteTable.KEY_PATH, this::get),
        Route.write(HttpMethod.PUT, RouteTable.KEY_PATH, this::put),
        Route.write(HttpMethod.DELETE, RouteTable.KEY_PATH, this::delete));
  }

  private Future<Answer> get(Exchange exchange) {
    String key = key(exchange);
    return Reads.whenCovered(exchange, () -> read(exchange, key));
  }

  private static Answer read(Exchange exchange, String key) {
    KeyReading reading = KeyReading.of(exchange.store().view(), key);
    if (reading.state().isEmpty()) {
      return KeyAnswers.neverWritten(key, reading.seen());
    }
    KeyState state = reading.state().get();
    VersionVector seen = reading.seen();
    if (state.visible().isTombstone()) {
      return KeyAnswers.deleted(exchange, key, state, seen);
    }
    return value(exchange, key, state, seen);
  }

  private static Answer value(Exchange exchange, String key, KeyState state, VersionVector seen) {
    boolean detailed = Accepts.asksFor(exchange.header(HttpHeaders.ACCEPT), Headers.DETAILS_JSON);
    String tag =
        detailed ? EntityTag.ofDetails(state) : KeyAnswers.tag(exchange, state.visible().dot());
    if (EntityTag.matches(exchange.header(HttpHeaders.IF_NONE_MATCH), tag)) {
      return KeyAnswers.unchanged(exchange, tag, state, seen);
    }
    if (!detailed) {
      return KeyAnswers.bytes(exchange, tag, state, seen);
    }
    AnswerRoom.reserveVersions(exchange, state.versions().stream());
    return KeyAnswers.details(exchange, tag, key, state, seen);
  }

  private void put(Exchange exchange) {
    String key = key(exchange);
    Writes.checkHeaders(exchange);
    String given = exchange.header(HttpHeaders.CONTENT_TYPE);
    String contentType = given == null ? UNTYPED : Writes.checkContentType(given);
    exchange.withBody(
        limits.valueBytes(),
        "http.valueBytes",
        body -> write(exchange, key, put(key, body, contentType)));
  }

  private static Mutation put(String key, byte[] body, String contentType) {
    return new Mutation.Put(key, Writes.checkText(key, new Value(Bytes.wrap(body), contentType)));
  }

  private void delete(Exchange exchange) {
    String key = key(exchange);
    Writes.checkHeaders(exchange);
    write(exchange, key, new Mutation.Delete(key));
  }

  private void write(Exchange exchange, String key, Mutation mutation) {
    Writes.write(
        exchange,
        List.of(mutation),
        exchange.preferences().respondAsync(),
        written -> KeyAnswers.written(exchange, JsonText.of("key", key), written),
        held -> KeyAnswers.held(held, exchange.node().names()));
  }

  private String key(Exchange exchange) {
    String query = exchange.request().query();
    if (query != null) {
      throw new ProblemException(
          ProblemType.BAD_PARAMETER,
          "a key takes no parameters, and here is \"?%s\"; a ? that belongs to the key is written %%3F"
              .formatted(Excerpt.of(query)));
    }
    return exchange.requireKey(keys.ofPath(exchange.request().path()));
  }
}
