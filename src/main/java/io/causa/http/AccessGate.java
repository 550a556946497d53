package io.causa.http;

import io.causa.access.AccessCheck;
import io.causa.access.Identity;
import io.causa.access.Right;
import io.causa.access.Verdict;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The one check before every road: which name was called, which page asks, who asks, and whether
 * the caller may.
 *
 * <p>Owner: one HTTP loop.
 */
final class AccessGate {

  private final Access access;
  private final AccessCheck check = new AccessCheck();

  /** The last one, with its port: nearly all clients call the node alike. */
  private String permittedHost;

  AccessGate(Access access) {
    this.access = access;
  }

  /** Returns whether the node has the name that the request calls. */
  boolean permitsHost(HttpServerRequest request) {
    if (!access.hosts().isChecked()) {
      return true;
    }
    String host = request.headers().get(HttpHeaders.HOST);
    if (host != null && host.equals(permittedHost)) {
      return true;
    }
    boolean permitted = access.hosts().permits(request.authority().host());
    permittedHost = permitted ? host : permittedHost;
    return permitted;
  }

  /** Refuses a request to a name that the node has not: a page may have made it mean this node. */
  void unknownHost(Exchange exchange) {
    access.counters().hosts().incrementAndGet();
    throw new ProblemException(
        ProblemType.UNKNOWN_HOST,
        "Host is \"%s\", and the node has no such name; call it by its address, by localhost, or add the name to access.hosts"
            .formatted(Excerpt.of(exchange.request().authority().host())));
  }

  /**
   * Decides whether the route may answer; from then on the exchange knows who asks.
   *
   * @throws ProblemException if it may not
   */
  void admit(Exchange exchange, Route route) {
    HttpMethod method = exchange.request().method();
    if (Audit.covers(route, method)) {
      exchange.audit();
    }
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      requireKnownOrigin(exchange.request());
    }
    if (access.isProtected()) {
      admit(exchange, route.right());
    }
  }

  private void admit(Exchange exchange, Right right) {
    HttpServerRequest request = exchange.request();
    String authorization = request.headers().get(HttpHeaders.AUTHORIZATION);
    Verdict verdict = check.check(access.list(), right, authorization, subject(request));
    if (verdict instanceof Verdict.Allowed allowed) {
      exchange.identify(allowed.identity());
    } else if (verdict instanceof Verdict.Lacking lacking) {
      exchange.identify(lacking.identity());
      throw lacking(lacking.identity(), right);
    } else if (verdict instanceof Verdict.Wrong wrong) {
      failed(request, right, wrong.why());
    } else if (verdict instanceof Verdict.Missing) {
      access.counters().missing().incrementAndGet();
      throw new ProblemException(
          unauthenticated(
              "this needs the right %s, and nobody is named; send the header Authorization: Bearer and a token, which `causa token create` makes",
              right));
    }
  }

  /** Probes are answered in any case; they only learn less. */
  private void failed(HttpServerRequest request, Right right, String why) {
    SocketAddress from = request.remoteAddress();
    long waitSeconds = access.failed(from == null ? "?" : from.hostAddress(), why);
    if (right == Right.OPEN) {
      return;
    }
    if (waitSeconds > 0) {
      access.counters().limited().incrementAndGet();
      throw new ProblemException(
          new Problem(
                  ProblemType.TOO_MANY_FAILURES,
                  "too many wrong tokens came from this address (access.failures); the right one passes at any time, the next wrong one after %d s"
                      .formatted(waitSeconds))
              .with("retryAfterSeconds", waitSeconds));
    }
    throw new ProblemException(unauthenticated(why + "; this needs the right %s", right));
  }

  private static Problem unauthenticated(String detail, Right right) {
    return new Problem(ProblemType.UNAUTHENTICATED, detail.formatted(text(right)))
        .with("right", text(right));
  }

  private ProblemException lacking(Identity identity, Right right) {
    access.counters().lacking().incrementAndGet();
    return new ProblemException(
        new Problem(
                ProblemType.FORBIDDEN,
                "this needs the right %s, and %s has the role %s"
                    .formatted(text(right), identity.name(), identity.grant().role()))
            .with("right", text(right))
            .with("role", identity.grant().role().toString()));
  }

  /** Refuses a key, or keys, that the caller's prefixes do not cover. */
  static ProblemException outside(Exchange exchange, String what, String text) {
    exchange.edge().access().counters().lacking().incrementAndGet();
    Identity caller = exchange.identity();
    return new ProblemException(
        new Problem(
                ProblemType.FORBIDDEN,
                "the %s \"%s\" is not within what %s may use; its prefixes are %s"
                    .formatted(
                        what,
                        Excerpt.of(text),
                        caller.name(),
                        Excerpt.of(caller.grant().prefixes())))
            .with(what, text)
            .with("prefixes", new JsonArray(caller.grant().prefixes())));
  }

  static String text(Right right) {
    return right.name().toLowerCase(Locale.ROOT);
  }

  private void requireKnownOrigin(HttpServerRequest request) {
    String origin = request.headers().get(HttpHeaders.ORIGIN);
    String referer = request.headers().get(HttpHeaders.REFERER);
    String site = request.headers().get(Headers.FETCH_SITE);
    if (origin == null && referer == null && site == null) {
      return; // no browser
    }
    if (!access.origins().mayChange(origin, referer, site, own(request))) {
      access.counters().origins().incrementAndGet();
      throw new ProblemException(
          ProblemType.FOREIGN_ORIGIN,
          "a page of %s may not change anything here; access.origins lists the origins that may"
              .formatted(origin == null ? "another site" : "\"" + Excerpt.of(origin) + "\""));
    }
  }

  private static String own(HttpServerRequest request) {
    return request.scheme() + "://" + request.authority();
  }

  /** Null without a certificate; one that is there was verified with the handshake. */
  private static String subject(HttpServerRequest request) {
    SSLSession session = request.isSSL() ? request.sslSession() : null;
    if (session == null) {
      return null;
    }
    try {
      return session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }
}
