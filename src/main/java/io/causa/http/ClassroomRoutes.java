package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.node.config.NodeConfig;
import io.causa.wire.RawJson;
import io.causa.wire.ValueJson;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The small JSON interface that any classroom client of such a store speaks: {@code /put}, {@code
 * /get}, {@code /read}. Clocks travel in the bodies, as {@code vc}.
 */
final class ClassroomRoutes {

  private static final Set<String> OF_PUT = Set.of("key", "value", "vc");
  private static final Set<String> EXACT = Set.of("value");
  private static final Set<String> OF_GET = Set.of("key");

  private final NodeConfig.Http limits;
  private final KeyText keys;

  ClassroomRoutes(Edge edge) {
    this.limits = edge.limits();
    this.keys = new KeyText(limits.keyBytes());
  }

  List<Route> routes() {
    return List.of(
        Route.write(HttpMethod.POST, "/put", this::put),
        Route.write(HttpMethod.PUT, "/put", this::put),
        Route.read(HttpMethod.GET, "/get", this::get),
        Route.read(HttpMethod.GET, "/read", this::get));
  }

  private void put(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    Writes.checkHeaders(exchange);
    exchange.withBody(limits.bodyBytes(), "http.bodyBytes", body -> write(exchange, body));
  }

  private void write(Exchange exchange, byte[] body) {
    Mutation put =
        JsonWeight.within(exchange.edge().load().bodies(), body, () -> parse(exchange, body));
    Writes.write(
        exchange,
        List.of(put),
        true,
        written -> stored(exchange, written),
        held -> buffered(held, exchange.node().names()));
  }

  private Mutation parse(Exchange exchange, byte[] body) {
    JsonBody json = JsonBody.parse(body, OF_PUT, EXACT);
    String key = exchange.requireKey(keys.check(json.requiredText("key")));
    if (!json.has("value")) {
      throw JsonBody.wrong("\"value\" is missing");
    }
    Value value = ValueJson.fromJson((RawJson) json.get("value"));
    if (json.has("vc")) {
      exchange.addContext(clock(json.get("vc"), exchange.node().names()));
    }
    return new Mutation.Put(key, Writes.check(key, value, limits.valueBytes()));
  }

  private static VersionVector clock(Object vc, ReplicaNames names) {
    VectorJson.Parsed parsed = VectorJson.parse(vc, names);
    if (parsed instanceof VectorJson.Parsed.Valid valid) {
      return valid.vector();
    }
    throw new ProblemException(
        ProblemType.BAD_CLOCK, "\"vc\": " + ((VectorJson.Parsed.Invalid) parsed).reason());
  }

  private static Answer stored(Exchange exchange, Outcome.Done<Dot> written) {
    String vc = exchange.texts().clockJson(KeyAnswers.seen(written), exchange.node().names());
    return KeyAnswers.stamped(exchange, JsonText.of("message", "stored").putRaw("vc", vc), written);
  }

  private static Answer buffered(Outcome.Held<Dot> held, ReplicaNames names) {
    String waitsFor = VersionText.print(held.waitsFor(), names);
    JsonObject json = message("buffered: the write waits for " + waitsFor, held.applied(), names);
    return Answer.json(202, held.applied(), json.put("id", held.id().toString()))
        .header(HttpHeaders.LOCATION, HeldRoutes.path(held.id()));
  }

  private Future<Answer> get(Exchange exchange) {
    String key =
        exchange.requireKey(keys.check(exchange.query().allowOnly(OF_GET).required("key")));
    return Reads.whenCovered(exchange, () -> read(exchange, key));
  }

  private static Answer read(Exchange exchange, String key) {
    ReplicaNames names = exchange.node().names();
    KeyReading reading = KeyReading.of(exchange.store().view(), key);
    VersionVector seen = reading.seen();
    Optional<Value> value = reading.state().map(KeyState::visible).flatMap(KeyVersion::value);
    if (value.isEmpty()) {
      return Answer.json(404, seen, message("key not found: " + key, seen, names));
    }
    AnswerRoom.reserve(exchange, reading.state().stream());
    JsonObject json = ValueFields.putValue(new JsonObject().put("key", key), value.get());
    return Answer.json(200, seen, json.put("vc", VectorJson.toJson(seen, names)));
  }

  private static JsonObject message(String message, VersionVector clock, ReplicaNames names) {
    return new JsonObject().put("message", message).put("vc", VectorJson.toJson(clock, names));
  }
}
