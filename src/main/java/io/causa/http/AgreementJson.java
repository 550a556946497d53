package io.causa.http;

import io.causa.clock.ReplicaNames;
import io.causa.membership.Agreement;
import io.causa.membership.Capabilities;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What all members understand, as JSON: how far a rolling upgrade has come. */
final class AgreementJson {

  private AgreementJson() {}

  static JsonObject of(Agreement agreement, ReplicaNames names) {
    JsonArray heldBackBy = new JsonArray();
    agreement.heldBackBy().forEach(member -> heldBackBy.add(names.print(member)));
    return new JsonObject()
        .put("version", agreement.version())
        .put("latest", Capabilities.LATEST)
        .put("features", new JsonArray(List.copyOf(agreement.features())))
        .put("held_back_by", heldBackBy);
  }
}
