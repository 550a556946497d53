package io.causa.http;

import io.vertx.core.http.HttpHeaders;

/** The names and the fixed values of headers, encoded once. */
final class Headers {

  static final CharSequence CONTEXT = HttpHeaders.createOptimized("Causa-Context");
  static final CharSequence CLOCK = HttpHeaders.createOptimized("Causa-Clock");
  static final CharSequence LOST = HttpHeaders.createOptimized("Causa-Lost");
  static final CharSequence VERSION = HttpHeaders.createOptimized("Causa-Version");
  static final CharSequence CONFLICTS = HttpHeaders.createOptimized("Causa-Conflicts");
  static final CharSequence ACKS = HttpHeaders.createOptimized("Causa-Acks");
  static final CharSequence PREFER = HttpHeaders.createOptimized("Prefer");
  static final CharSequence PREFERENCE_APPLIED = HttpHeaders.createOptimized("Preference-Applied");
  static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
  static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
  static final CharSequence NOSNIFF_NAME = HttpHeaders.createOptimized("X-Content-Type-Options");

  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence PROBLEM_JSON = HttpHeaders.createOptimized("application/problem+json");
  static final CharSequence DETAILS_JSON =
      HttpHeaders.createOptimized("application/vnd.causa+json");
  static final CharSequence HTML = HttpHeaders.createOptimized("text/html;charset=UTF-8");
  static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  static final CharSequence WWW_AUTHENTICATE = HttpHeaders.createOptimized("WWW-Authenticate");
  static final CharSequence BEARER = HttpHeaders.createOptimized("Bearer realm=\"causa\"");

  /** A value that is HTML runs no script, and is of no origin. */
  static final CharSequence SANDBOX = HttpHeaders.createOptimized("sandbox");

  /** A page of our own: styles within it, and nothing else. */
  static final CharSequence STYLES_ONLY =
      HttpHeaders.createOptimized(
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

  static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  static final CharSequence ONE_SECOND = HttpHeaders.createOptimized("1");
  static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

  private Headers() {}
}
