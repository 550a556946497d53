package io.causa.http;

import io.causa.clock.ReplicaNames;
import io.causa.core.KeyVersion;
import io.causa.core.Value;
import io.causa.wire.ValueJson;
import io.causa.wire.VersionText;
import io.vertx.core.json.JsonObject;

/** Puts values and versions into JSON answers, in the same words everywhere. */
final class ValueFields {

  private ValueFields() {}

  /** {@code value}, with {@code encoding} where it cannot be given as itself. */
  static JsonObject putValue(JsonObject json, Value value) {
    json.put("value", ValueJson.toJson(value));
    ValueJson.encoding(value).ifPresent(encoding -> json.put("encoding", encoding));
    return json;
  }

  /** The value with its content type. */
  static JsonObject putTypedValue(JsonObject json, Value value) {
    return putValue(json, value).put("contentType", value.contentType());
  }

  /** Where a version comes from. */
  static JsonObject putOrigin(JsonObject json, KeyVersion version, ReplicaNames names) {
    return json.put("lamport", version.lamport())
        .put("origin", names.print(version.dot().replica()))
        .put("wallTimeMillis", version.wallTimeMillis());
  }

  /** A version that lost to a concurrent one. */
  static JsonObject conflict(KeyVersion version, ReplicaNames names) {
    JsonObject json = new JsonObject().put("version", VersionText.print(version.dot(), names));
    version.value().ifPresent(value -> putTypedValue(json, value));
    return putOrigin(json.put("deleted", version.isTombstone()), version, names);
  }
}
