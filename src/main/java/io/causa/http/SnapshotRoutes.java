package io.causa.http;

import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.node.config.NodeConfig;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Several keys as one causal snapshot, and pages of keys: {@code GET /kv}. */
final class SnapshotRoutes {

  private static final Set<String> OF_KEYS = Set.of("key");
  private static final Set<String> OF_PAGE = Set.of("prefix", "after", "limit");

  private final NodeConfig.Http limits;
  private final KeyText keys;

  SnapshotRoutes(Edge edge) {
    this.limits = edge.limits();
    this.keys = new KeyText(limits.keyBytes());
  }

  List<Route> routes() {
    return List.of(Route.read(HttpMethod.GET, "/kv", this::get));
  }

  private Future<Answer> get(Exchange exchange) {
    QueryParameters query = exchange.query();
    ReplicaNames names = exchange.node().names();
    return query.has("key")
        ? Reads.snapshot(exchange, keys(exchange, query), snapshot -> values(exchange, snapshot))
        : Reads.snapshot(exchange, page(exchange, query), snapshot -> page(snapshot, names));
  }

  private ReadRequest.Keys keys(Exchange exchange, QueryParameters query) {
    List<String> wanted = query.allowOnly(OF_KEYS).all("key");
    if (wanted.size() > limits.keysPerRead()) {
      throw new ProblemException(
          new Problem(
                  ProblemType.BAD_PARAMETER,
                  "%d keys are asked for, allowed are %d together (http.keysPerRead)"
                      .formatted(wanted.size(), limits.keysPerRead()))
              .with("parameter", "key")
              .with("limit", "http.keysPerRead"));
    }
    wanted.forEach(key -> exchange.requireKey(keys.check(key)));
    return new ReadRequest.Keys(wanted);
  }

  private ReadRequest.Page page(Exchange exchange, QueryParameters query) {
    query.allowOnly(OF_PAGE);
    int most = limits.pageKeys();
    return new ReadRequest.Page(
        exchange.requirePrefix(query.one("prefix").orElse("")),
        query.one("after").orElse(""),
        query.positive("limit", most, most, "http.pageKeys"));
  }

  private static Answer values(Exchange exchange, Snapshot snapshot) {
    AnswerRoom.reserve(exchange, snapshot.keys().stream().flatMap(key -> key.state().stream()));
    ReplicaNames names = exchange.node().names();
    VersionVector seen = snapshot.applied();
    JsonArray values = new JsonArray();
    for (Snapshot.KeyedState keyed : snapshot.keys()) {
      values.add(value(keyed, names));
      seen = keyed.state().isPresent() ? KeyReading.seen(seen, keyed.state().get()) : seen;
    }
    JsonObject json =
        new JsonObject().put("values", values).put("clock", VectorJson.toJson(seen, names));
    return Answer.json(200, seen, json);
  }

  private static JsonObject value(Snapshot.KeyedState keyed, ReplicaNames names) {
    JsonObject json = new JsonObject().put("key", keyed.key());
    Optional<KeyVersion> visible = keyed.state().map(KeyState::visible);
    visible
        .flatMap(KeyVersion::value)
        .ifPresentOrElse(
            value -> ValueFields.putTypedValue(json, value), () -> json.put("absent", true));
    visible.ifPresent(version -> json.put("version", VersionText.print(version.dot(), names)));
    return json;
  }

  private static Answer page(Snapshot snapshot, ReplicaNames names) {
    JsonArray keys = new JsonArray();
    snapshot.keys().forEach(keyed -> keys.add(keyed.key()));
    JsonObject json = new JsonObject().put("keys", keys).put("more", snapshot.more());
    if (snapshot.more()) {
      json.put("next", keys.getString(keys.size() - 1));
    }
    json.put("clock", VectorJson.toJson(snapshot.applied(), names));
    return Answer.json(200, snapshot.applied(), json);
  }
}
