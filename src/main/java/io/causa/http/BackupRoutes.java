package io.causa.http;

import io.causa.access.Right;
import io.causa.clock.ReplicaNames;
import io.causa.node.port.BackupName;
import io.causa.node.port.BackupOutcome;
import io.causa.wire.VectorJson;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** A consistent copy of the node's data, made on its own machine: {@code /admin/backup}. */
final class BackupRoutes {

  private static final String NAME = "name";

  List<Route> routes() {
    return List.of(Route.node(HttpMethod.POST, "/admin/backup", Right.ADMIN, BackupRoutes::post));
  }

  private static Future<Answer> post(Exchange exchange) {
    String name = exchange.query().allowOnly(Set.of(NAME)).required(NAME);
    return exchange
        .node()
        .backup(BackupName.of(name).orElseThrow(() -> badName(name)))
        .map(outcome -> answer(exchange, name, outcome));
  }

  private static Answer answer(Exchange exchange, String name, BackupOutcome outcome) {
    if (outcome instanceof BackupOutcome.Made made) {
      ReplicaNames names = exchange.node().names();
      JsonObject body =
          new JsonObject()
              .put("name", name)
              .put("directory", made.directory())
              .put("clock", VectorJson.toJson(made.applied(), names));
      return Answer.json(200, made.applied(), body);
    }
    throw new ProblemException(refused(outcome));
  }

  private static Problem refused(BackupOutcome outcome) {
    if (outcome instanceof BackupOutcome.Exists exists) {
      return new Problem(
          ProblemType.BACKUP_EXISTS,
          "there is %s already, and nothing is overwritten; choose another name"
              .formatted(exists.directory()));
    }
    if (outcome instanceof BackupOutcome.Off off) {
      return new Problem(ProblemType.BACKUP_OFF, off.reason());
    }
    return new Problem(ProblemType.BACKUP_FAILED, ((BackupOutcome.Failed) outcome).reason());
  }

  private static ProblemException badName(String name) {
    return new ProblemException(
        new Problem(
                ProblemType.BAD_PARAMETER,
                "\"%s\" cannot name a backup: 1 to 64 of A-Z, a-z, 0-9, ., _ and -, with no dot in front"
                    .formatted(Excerpt.of(name)))
            .with("parameter", NAME));
  }
}
