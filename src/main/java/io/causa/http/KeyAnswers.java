package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The answers about one key. */
final class KeyAnswers {

  private KeyAnswers() {}

  static Answer neverWritten(String key, VersionVector applied) {
    return revalidated(Answer.problem(notFound(key, "was never written"), applied));
  }

  static Answer deleted(Exchange exchange, String key, KeyState state, VersionVector seen) {
    String version = version(exchange, state.visible().dot());
    Problem problem = notFound(key, "was deleted by " + version).with("version", version);
    return versioned(exchange, revalidated(Answer.problem(problem, seen)), state);
  }

  private static Problem notFound(String key, String why) {
    return new Problem(
            ProblemType.KEY_NOT_FOUND,
            "\"%s\" %s, as far as this node has applied".formatted(Excerpt.of(key), why))
        .with("key", key);
  }

  static Answer bytes(Exchange exchange, String tag, KeyState state, VersionVector seen) {
    Value value = state.visible().value().orElseThrow();
    Answer answer =
        new Answer(200, seen)
            .body(value.contentType(), JsonText.sharing(value.bytes().unsafeArray()))
            .header(Headers.NOSNIFF_NAME, Headers.NOSNIFF)
            .header(Headers.POLICY, Headers.SANDBOX);
    return tagged(exchange, answer, tag, state);
  }

  /**
   * The client has what it asked for already.
   *
   * @param tag of the representation that it asked for
   */
  static Answer unchanged(Exchange exchange, String tag, KeyState state, VersionVector seen) {
    return tagged(exchange, new Answer(304, seen), tag, state);
  }

  static Answer details(
      Exchange exchange, String tag, String key, KeyState state, VersionVector seen) {
    ReplicaNames names = exchange.node().names();
    KeyVersion visible = state.visible();
    JsonObject json = new JsonObject().put("key", key);
    ValueFields.putTypedValue(json, visible.value().orElseThrow());
    json.put("version", VersionText.print(visible.dot(), names));
    json.put("clock", VectorJson.toJson(seen, names));
    ValueFields.putOrigin(json, visible, names);
    JsonArray conflicts = new JsonArray();
    state.losers().forEach(loser -> conflicts.add(ValueFields.conflict(loser, names)));
    json.put("conflicts", conflicts);
    Answer answer = new Answer(200, seen).body(Headers.DETAILS_JSON, json.toBuffer());
    return tagged(exchange, answer, tag, state);
  }

  /**
   * A write is applied here.
   *
   * @param json the members that name the keys; the version and the clock are added
   */
  static Answer written(Exchange exchange, JsonText json, Outcome.Done<Dot> written) {
    String clock = exchange.texts().clockJson(seen(written), exchange.node().names());
    json.put("version", version(exchange, written.value())).putRaw("clock", clock);
    return stamped(exchange, json, written);
  }

  /** The headers that every answer to an applied write has. */
  static Answer stamped(Exchange exchange, JsonText json, Outcome.Done<Dot> written) {
    return new Answer(200, seen(written))
        .body(Headers.JSON, json.toBuffer())
        .header(Headers.VERSION, version(exchange, written.value()))
        .header(HttpHeaders.ETAG, tag(exchange, written.value()));
  }

  static String version(Exchange exchange, Dot version) {
    return exchange.texts().version(version, exchange.node().names());
  }

  static String tag(Exchange exchange, Dot version) {
    return exchange.texts().tag(version, exchange.node().names());
  }

  static VersionVector seen(Outcome.Done<Dot> written) {
    return written.applied().with(written.value());
  }

  static Answer held(Outcome.Held<Dot> held, ReplicaNames names) {
    JsonObject json =
        new JsonObject()
            .put(
                "message",
                "held until what it depends on has arrived here; %s shows it, and cancels it with DELETE"
                    .formatted(HeldRoutes.path(held.id())))
            .put("id", held.id().toString())
            .put("waitsFor", VersionText.print(held.waitsFor(), names))
            .put("clock", VectorJson.toJson(held.applied(), names));
    return Answer.json(202, held.applied(), json)
        .header(HttpHeaders.LOCATION, HeldRoutes.path(held.id()))
        .header(Headers.PREFERENCE_APPLIED, "respond-async");
  }

  private static Answer tagged(Exchange exchange, Answer answer, String tag, KeyState state) {
    return versioned(exchange, revalidated(answer.header(HttpHeaders.ETAG, tag)), state);
  }

  /** A cache asks each time, and keeps the bytes apart from the details. */
  private static Answer revalidated(Answer answer) {
    return answer
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
  }

  private static Answer versioned(Exchange exchange, Answer answer, KeyState state) {
    answer.header(Headers.VERSION, version(exchange, state.visible().dot()));
    if (!state.losers().isEmpty()) {
      answer.header(Headers.CONFLICTS, Integer.toString(state.losers().size()));
    }
    return answer;
  }
}
