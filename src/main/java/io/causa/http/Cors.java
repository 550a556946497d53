package io.causa.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets pages of allowed origins use the node from a browser: the headers of CORS.
 *
 * <p>A page sends its token itself, so no answer allows credentials that a browser adds.
 */
final class Cors {

  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "Causa-Context, Causa-Clock, Causa-Lost, Causa-Version, Causa-Conflicts, Causa-Acks, ETag, Location, Preference-Applied, Retry-After");
  private static final CharSequence TAKEN =
      HttpHeaders.createOptimized(
          "Authorization, Accept, Content-Type, Causa-Context, Causa-Acks, Prefer, If-None-Match");
  private static final CharSequence TEN_MINUTES = HttpHeaders.createOptimized("600");

  private final Access access;

  Cors(Access access) {
    this.access = access;
  }

  /** Adds what an answer to an allowed page needs; nothing for others. */
  void writeHeaders(HttpServerRequest request, MultiMap headers) {
    if (access.origins().isEmpty()) {
      return;
    }
    headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    String origin = request.headers().get(HttpHeaders.ORIGIN);
    if (origin != null && access.origins().isAllowed(origin)) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  /** Adds what an allowed page may send, if the request asks whether it may. */
  void answerPreflight(HttpServerRequest request, Answer answer, String methods) {
    String origin = request.headers().get(HttpHeaders.ORIGIN);
    boolean asked = request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (asked && origin != null && access.origins().isAllowed(origin)) {
      answer
          .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
          .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, TAKEN)
          .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    }
  }
}
