package io.causa.http;

import io.causa.access.Right;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.RetireOutcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The generations that are members no more: {@code /admin/generations/{replica}}. {@code /status}
 * shows them.
 */
final class GenerationRoutes {

  private static final String PREFIX = "/admin/generations/";

  List<Route> routes() {
    return List.of(
        Route.node(HttpMethod.DELETE, PREFIX + "{replica}", Right.ADMIN, GenerationRoutes::retire));
  }

  private static Future<Answer> retire(Exchange exchange) {
    exchange.query().allowOnly(Set.of());
    String text = PercentText.decode(exchange.request().path().substring(PREFIX.length()), false);
    // A bare name means the only generation there is, which is never meant here.
    Optional<Replica> replica =
        exchange.node().names().parse(text).filter(known -> !known.name().equals(text));
    return exchange
        .node()
        .members()
        .retire(replica.orElseThrow(() -> new ProblemException(unknown(text))))
        .map(outcome -> answer(exchange, outcome));
  }

  private static Answer answer(Exchange exchange, RetireOutcome outcome) {
    if (outcome instanceof RetireOutcome.Retired retired) {
      VersionVector applied = exchange.store().view().applied();
      JsonObject body =
          new JsonObject()
              .put("retired", retired.last().replica().toString())
              .put("last", retired.last().sequence());
      return Answer.json(200, applied, body);
    }
    throw new ProblemException(refused(outcome));
  }

  private static Problem refused(RetireOutcome outcome) {
    if (outcome instanceof RetireOutcome.Current current) {
      return new Problem(
          ProblemType.GENERATION_IN_USE,
          current.replica()
              + " is a member of the cluster; only who was forgotten or superseded can be retired");
    }
    if (outcome instanceof RetireOutcome.Unsettled unsettled) {
      return new Problem(
          ProblemType.GENERATION_IN_USE,
          "%s is the last write here, and that is not so at every member: %s. Try again when all are heard and /status shows the generation as stable"
              .formatted(unsettled.last(), String.join("; ", unsettled.reasons())));
    }
    return unknown(((RetireOutcome.Unknown) outcome).replica().toString());
  }

  private static Problem unknown(String text) {
    return new Problem(
        ProblemType.UNKNOWN_GENERATION,
        "no generation \"%s\" has writes here; \"generations\" of /status lists those that can be retired, as name.generation"
            .formatted(Excerpt.of(text)));
  }
}
