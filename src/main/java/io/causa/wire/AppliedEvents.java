package io.causa.wire;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.core.KeyChange;
import io.causa.core.KeyVersion;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Applied writes as subscribers see them: one JSON event for each mutation.
 *
 * <p>Every event has the position before and after it, as context tokens. The position moves with
 * the last event of a write, so whoever resumes from a position has seen whole writes only; and an
 * event's {@code before} is always the {@code after} of the event before it, so a lost event shows
 * as a gap.
 */
public final class AppliedEvents {

  private AppliedEvents() {}

  /** The events of one write, in the order of its mutations. */
  public static List<JsonObject> of(StagedWrite write, ReplicaNames names, String clusterName) {
    String before = ContextToken.encode(write.before(), clusterName);
    String after = ContextToken.encode(write.after(), clusterName);
    int last = write.changes().size() - 1;
    List<JsonObject> events = new ArrayList<>(write.changes().size());
    for (int index = 0; index <= last; index++) {
      JsonObject event = keyAndValue(write.changes().get(index));
      addWrite(event, write, names);
      event.put("before", before).put("after", index == last ? after : before);
      event.put("index", index).put("of", last + 1);
      events.add(addOutcome(event, write.changes().get(index), names));
    }
    return events;
  }

  private static JsonObject keyAndValue(KeyChange change) {
    JsonObject event = new JsonObject().put("key", change.key());
    change.version().value().ifPresent(value -> addValue(event, value));
    return event.put("deleted", change.version().isTombstone());
  }

  private static void addValue(JsonObject event, Value value) {
    event.put("value", ValueJson.toJson(value));
    ValueJson.encoding(value).ifPresent(encoding -> event.put("encoding", encoding));
    event.put("contentType", value.contentType());
  }

  private static void addWrite(JsonObject event, StagedWrite prepared, ReplicaNames names) {
    Write write = prepared.write();
    event
        .put("version", VersionText.print(write.dot(), names))
        .put("origin", names.print(write.origin()))
        .put("lamport", write.lamport())
        .put("wallTimeMillis", write.wallTimeMillis())
        .put("clock", VectorJson.toJson(prepared.after(), names));
  }

  private static JsonObject addOutcome(JsonObject event, KeyChange change, ReplicaNames names) {
    JsonArray conflicts = new JsonArray();
    change.conflicts().forEach(conflict -> conflicts.add(conflict(conflict, names)));
    return event.put("visible", change.isVisible()).put("conflicts", conflicts);
  }

  private static JsonObject conflict(KeyVersion version, ReplicaNames names) {
    Replica origin = version.dot().replica();
    return new JsonObject()
        .put("version", VersionText.print(version.dot(), names))
        .put("origin", names.print(origin))
        .put("lamport", version.lamport());
  }
}
