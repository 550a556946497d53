package io.causa.http;

import io.causa.access.Right;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.ForgetOutcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** Who belongs to the cluster: {@code /admin/members/{name}}. {@code /status} shows them. */
final class MemberRoutes {

  private static final String PREFIX = "/admin/members/";

  List<Route> routes() {
    return List.of(
        Route.node(HttpMethod.DELETE, PREFIX + "{name}", Right.ADMIN, MemberRoutes::forget));
  }

  private static Future<Answer> forget(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    String name = PercentText.decode(exchange.request().path().substring(PREFIX.length()), false);
    if (!Replica.isName(name)) {
      throw new ProblemException(unknown(name));
    }
    return exchange.node().members().forget(name).map(outcome -> answer(exchange, outcome));
  }

  private static Answer answer(Exchange exchange, ForgetOutcome outcome) {
    if (outcome instanceof ForgetOutcome.Forgotten forgotten) {
      VersionVector applied = exchange.store().view().applied();
      JsonObject body = new JsonObject().put("forgotten", forgotten.replica().toString());
      return Answer.json(200, applied, body);
    }
    throw new ProblemException(refused(outcome));
  }

  private static Problem refused(ForgetOutcome outcome) {
    if (outcome instanceof ForgetOutcome.Live live) {
      return new Problem(
          ProblemType.MEMBER_LIVE,
          "%s was heard %d ms ago, so it has not left; stop it first, and wait until /status shows it as silent"
              .formatted(live.replica(), live.heardMillisAgo()));
    }
    if (outcome instanceof ForgetOutcome.Self self) {
      return new Problem(
          ProblemType.MEMBER_LIVE,
          self.replica() + " is this node itself; stop it, and ask another node to forget it");
    }
    return unknown(((ForgetOutcome.Unknown) outcome).name());
  }

  private static Problem unknown(String name) {
    return new Problem(
        ProblemType.UNKNOWN_MEMBER,
        "nobody named \"%s\" is known here; \"members\" of /status lists who is"
            .formatted(Excerpt.of(name)));
  }
}
