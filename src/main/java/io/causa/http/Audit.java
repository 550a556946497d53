package io.causa.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each act of administration: who, what, from where, with which result. The log adds
 * when. Strangers are counted and not logged, so that they cannot fill the log.
 */
final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger("causa.audit");

  private Audit() {}

  /** Returns whether a request is an act: a change that needs the right to administrate. */
  static boolean covers(Route route, HttpMethod method) {
    return route.isAdministration() && method != HttpMethod.GET && method != HttpMethod.HEAD;
  }

  /**
   * Logs an act.
   *
   * @param answer what the caller is told
   * @param failure why it is a refusal; null if it is not
   */
  static void log(Exchange exchange, Answer answer, Throwable failure) {
    if (!exchange.isKnown()) {
      return;
    }
    HttpServerRequest request = exchange.request();
    LOG.info(
        "who=\"{}\" what=\"{} {}\" from={} result={}{}",
        exchange.identity().name(),
        request.method(),
        Excerpt.of(request.uri()),
        request.remoteAddress(),
        answer.status(),
        failure instanceof ProblemException refusal ? " " + refusal.problem().type().code() : "");
  }
}
