package io.causa.http;

import io.causa.clock.VersionVector;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request to its handler and its answer back, errors included.
 *
 * <p>Owner: one HTTP loop.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Edge edge;
  private final Listener listener;
  private final RouteTable routes;
  private final AnswerWriter writer;
  private final ConnectionGate gate;
  private final AccessGate access;
  private final Cors cors;

  /**
   * @param listener which of the node's listeners the requests come to
   */
  Dispatcher(Edge edge, Listener listener, ConnectionGate gate, Vertx vertx) {
    this.edge = edge;
    this.listener = listener;
    this.routes = Routes.of(edge);
    this.gate = gate;
    this.access = new AccessGate(edge.access());
    this.cors = new Cors(edge.access());
    this.writer =
        new AnswerWriter(
            vertx,
            cors,
            new DateHeader(System::currentTimeMillis),
            failure -> MemoryGuard.check(edge.node(), failure));
  }

  /** Where requests come in. */
  io.vertx.core.Handler<HttpServerRequest> entry(Vertx vertx) {
    io.vertx.core.Handler<HttpServerRequest> finder =
        routes.finder(
            vertx,
            (resource, request) -> handle(request, exchange -> route(exchange, resource)),
            request -> handle(request, this::unknownPath));
    return request -> {
      if (!((HttpServerRequestInternal) request).isValidAuthority()) {
        handle(request, this::withoutHost);
      } else if (access.permitsHost(request)) {
        finder.handle(request);
      } else {
        handle(request, access::unknownHost);
      }
    };
  }

  /** The router would take that for an error of the node. */
  private void withoutHost(Exchange exchange) {
    throw ProblemException.closing(
        new Problem(
            ProblemType.MALFORMED_REQUEST,
            "a request needs one header Host, which names a host; this one has none, or a wrong one"));
  }

  /** Every request comes through here, whichever way it was found. */
  private void handle(HttpServerRequest request, Handler handler) {
    IdleGuard guard = IdleGuard.of(request.connection());
    guard.begun();
    Exchange exchange =
        new Exchange(
            edge,
            request,
            (ended, answer, failure) -> {
              guard.answered();
              send(ended, answer, failure);
            });
    exchange.identify(edge.access().everybody());
    exchange.attempt(() -> handler.handle(exchange));
  }

  /** For what Vert.x could not read as a request. The connection is closed after it. */
  void handleInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Exchange exchange = new Exchange(edge, request, this::send);
    exchange.identify(edge.access().everybody());
    writer.send(exchange, Answer.problem(unreadable(cause), applied()));
  }

  private void route(Exchange exchange, Resource resource) {
    HttpMethod method = exchange.request().method();
    Route route = resource.route(method);
    if (route == null) {
      exchange.answer(withoutRoute(exchange, resource));
      return;
    }
    if (!listener.serves(route)) {
      throw new ProblemException(ProblemType.WRONG_LISTENER, listener.elsewhere());
    }
    access.admit(exchange, route);
    if (route.data()) {
      requireConnection(exchange);
      exchange.readContext();
      requireReady();
    }
    route.handler().handle(exchange);
  }

  /** Probes and people are answered on a connection too many as well. */
  private void requireConnection(Exchange exchange) {
    if (gate.isSurplus(exchange.request())) {
      long limit = edge.load().connections().limit();
      throw ProblemException.closing(
          new Problem(
                  ProblemType.OVERLOADED,
                  "the node has %d connections (http.connections), and this one is too many; nothing was done. Try again a little later, or ask another node"
                      .formatted(limit))
              .with("limit", "http.connections"));
    }
  }

  private void requireReady() {
    if (!edge.node().isReady()) {
      throw new ProblemException(
          ProblemType.NOT_READY,
          "the node is still catching up with its cluster; /health/ready says why, other nodes may serve");
    }
  }

  private Answer withoutRoute(Exchange exchange, Resource resource) {
    HttpMethod method = exchange.request().method();
    if (method.equals(HttpMethod.OPTIONS)) {
      Answer answer = new Answer(204, applied()).header(HttpHeaders.ALLOW, resource.allow());
      cors.answerPreflight(exchange.request(), answer, resource.allow());
      return answer;
    }
    String detail =
        "%s is not offered here, only %s".formatted(Excerpt.of(method), resource.allow());
    return Answer.problem(new Problem(ProblemType.METHOD_NOT_ALLOWED, detail), applied())
        .header(HttpHeaders.ALLOW, resource.allow());
  }

  private void unknownPath(Exchange exchange) {
    String known =
        routes.routes().stream().map(Route::path).distinct().collect(Collectors.joining(", "));
    throw new ProblemException(
        ProblemType.UNKNOWN_PATH,
        "there is no \"%s\"; paths are %s".formatted(Excerpt.of(exchange.request().path()), known));
  }

  private void send(Exchange exchange, Answer answer, Throwable failure) {
    exchange.releaseBody();
    Answer told = failure == null ? answer : failed(exchange, failure);
    if (exchange.isAudited()) {
      Audit.log(exchange, told, failure);
    }
    try {
      writer.send(exchange, last(exchange, told));
    } catch (RuntimeException unwritable) {
      exchange.releaseAnswer();
      LOG.error("cannot write the answer to {}", describe(exchange), unwritable);
      exchange.request().connection().close();
    }
  }

  /** From a node that stops, clients go away one by one, and none in the middle of a request. */
  private Answer last(Exchange exchange, Answer answer) {
    boolean last = edge.node().isStopping() || gate.isSurplus(exchange.request());
    return last && !answer.isClosing() ? answer.closing() : answer;
  }

  private Answer failed(Exchange exchange, Throwable failure) {
    if (failure instanceof ProblemException refusal) {
      Answer answer = Answer.problem(refusal.problem(), applied());
      return refusal.isClosing() ? answer.closing() : answer;
    }
    MemoryGuard.check(edge.node(), failure);
    if (failure instanceof HttpClosedException) {
      LOG.debug("the client of {} went away", describe(exchange));
    } else {
      LOG.error("cannot answer {}", describe(exchange), failure);
    }
    return Answer.problem(
        new Problem(
            ProblemType.INTERNAL_ERROR,
            "an error inside the node, whose log says more; a write may or may not have happened"),
        applied());
  }

  private static String describe(Exchange exchange) {
    return exchange.request().method() + " " + Excerpt.of(exchange.request().path());
  }

  private Problem unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return tooLong(
          ProblemType.URI_TOO_LONG,
          "request line",
          "http.requestLineBytes",
          edge.limits().requestLineBytes());
    }
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
      return tooLong(
          ProblemType.HEADERS_TOO_LARGE, "header", "http.headerBytes", edge.limits().headerBytes());
    }
    return new Problem(
        ProblemType.MALFORMED_REQUEST,
        "this cannot be read as HTTP/1.1: " + Excerpt.of(cause.getMessage()));
  }

  private static Problem tooLong(ProblemType type, String what, String limit, int limitBytes) {
    return new Problem(type, "the %s may have %d bytes (%s)".formatted(what, limitBytes, limit))
        .with("limit", limit)
        .with("limitBytes", limitBytes);
  }

  private VersionVector applied() {
    return edge.node().store().view().applied();
  }
}
