package io.causa.http;

import io.vertx.core.json.JsonObject;

/** What {@code /status} says of who may do what. */
final class AccessJson {

  private AccessJson() {}

  static JsonObject of(Access access) {
    AccessCounters counters = access.counters();
    JsonObject refused =
        new JsonObject()
            .put("missing", counters.missing().get())
            .put("wrong", counters.wrong().get())
            .put("limited", counters.limited().get())
            .put("lacking", counters.lacking().get())
            .put("foreign_origins", counters.origins().get())
            .put("unknown_hosts", counters.hosts().get());
    JsonObject json =
        new JsonObject()
            .put("protected", access.isProtected())
            .put("insecure", access.isExposed())
            .put("refused", refused);
    if (access.isProtected()) {
      json.put("tokens", access.list().tokens().size())
          .put("certificates", access.list().certificates().size());
    }
    access.trouble().ifPresent(trouble -> json.put("trouble", trouble));
    return json;
  }
}
