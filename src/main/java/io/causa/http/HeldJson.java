package io.causa.http;

import io.causa.clock.ReplicaNames;
import io.causa.engine.api.HeldWrite;
import io.causa.wire.VersionText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A held write as JSON. */
final class HeldJson {

  /** How many keys of a write are named in a list; a write may have thousands. */
  static final int LISTED_KEYS = 10;

  private HeldJson() {}

  /** Returns the write with all its keys. */
  static JsonObject alone(HeldWrite write, ReplicaNames names) {
    return json(write, write.keys(), names);
  }

  /** Returns the write with its first keys, and how many more it has. */
  static JsonObject inList(HeldWrite write, ReplicaNames names) {
    int shown = Math.min(LISTED_KEYS, write.keys().size());
    JsonObject json = json(write, write.keys().subList(0, shown), names);
    return shown < write.keys().size() ? json.put("moreKeys", write.keys().size() - shown) : json;
  }

  private static JsonObject json(HeldWrite write, List<String> keys, ReplicaNames names) {
    return new JsonObject()
        .put("id", write.id().toString())
        .put("keys", new JsonArray(List.copyOf(keys)))
        .put("bytes", write.bytes())
        .put("heldMillis", write.heldMillis())
        .put("expiresInMillis", write.expiresInMillis())
        .put("waitsFor", VersionText.print(write.waitsFor(), names));
  }
}
