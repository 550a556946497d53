package io.causa.http;

import io.vertx.core.json.JsonObject;

/**
 * An error as a client reads it: a problem document of RFC 9457.
 *
 * @param type which kind of error
 * @param detail what happened, with the offending value, and what to do about it
 * @param more further members, for programs
 */
record Problem(ProblemType type, String detail, JsonObject more) {

  Problem(ProblemType type, String detail) {
    this(type, detail, new JsonObject());
  }

  /** The same problem with one more member. */
  Problem with(String member, Object value) {
    return new Problem(type, detail, more.copy().put(member, value));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("type", type.uri())
        .put("title", type.title())
        .put("status", type.status())
        .put("detail", detail)
        .mergeIn(more);
  }
}
