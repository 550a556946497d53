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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;

/** The answers about one key. */
final class KeyAnswers {

  /** Half the cost of the one that maps objects, for JSON that has texts and numbers only. */
  private static final JacksonCodec STREAMING = new JacksonCodec();

  private KeyAnswers() {}

  static Answer neverWritten(String key, VersionVector applied) {
    return revalidated(Answer.problem(notFound(key, "was never written"), applied));
  }

  static Answer deleted(String key, KeyState state, VersionVector seen, ReplicaNames names) {
    String version = VersionText.print(state.visible().dot(), names);
    Problem problem = notFound(key, "was deleted by " + version).with("version", version);
    return versioned(revalidated(Answer.problem(problem, seen)), state, names);
  }

  private static Problem notFound(String key, String why) {
    return new Problem(
            ProblemType.KEY_NOT_FOUND,
            "\"%s\" %s, as far as this node has applied".formatted(Excerpt.of(key), why))
        .with("key", key);
  }

  static Answer bytes(KeyState state, VersionVector seen, ReplicaNames names) {
    Value value = state.visible().value().orElseThrow();
    Answer answer =
        new Answer(200, seen)
            .body(value.contentType(), Buffer.buffer(value.bytes().unsafeArray()))
            .header(Headers.NOSNIFF_NAME, Headers.NOSNIFF);
    return tagged(answer, EntityTag.of(state.visible().dot()), state, names);
  }

  /**
   * The client has what it asked for already.
   *
   * @param tag of the representation that it asked for
   */
  static Answer unchanged(String tag, KeyState state, VersionVector seen, ReplicaNames names) {
    return tagged(new Answer(304, seen), tag, state, names);
  }

  static Answer details(String key, KeyState state, VersionVector seen, ReplicaNames names) {
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
    return tagged(answer, EntityTag.ofDetails(state), state, names);
  }

  /**
   * A write is applied here.
   *
   * @param json the members that name the keys; the version and the clock are added
   */
  static Answer written(JsonObject json, Outcome.Done<Dot> written, ReplicaNames names) {
    json.put("version", VersionText.print(written.value(), names));
    json.put("clock", VectorJson.toJson(seen(written), names));
    return stamped(json, written, names);
  }

  /** The headers that every answer to an applied write has. */
  static Answer stamped(JsonObject json, Outcome.Done<Dot> written, ReplicaNames names) {
    return new Answer(200, seen(written))
        .body(Headers.JSON, STREAMING.toBuffer(json, false))
        .header(Headers.VERSION, VersionText.print(written.value(), names))
        .header(HttpHeaders.ETAG, EntityTag.of(written.value()));
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

  private static Answer tagged(Answer answer, String tag, KeyState state, ReplicaNames names) {
    return versioned(revalidated(answer.header(HttpHeaders.ETAG, tag)), state, names);
  }

  /** A cache asks each time, and keeps the bytes apart from the details. */
  private static Answer revalidated(Answer answer) {
    return answer
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE);
  }

  private static Answer versioned(Answer answer, KeyState state, ReplicaNames names) {
    answer.header(Headers.VERSION, VersionText.print(state.visible().dot(), names));
    if (!state.losers().isEmpty()) {
      answer.header(Headers.CONFLICTS, Integer.toString(state.losers().size()));
    }
    return answer;
  }
}
