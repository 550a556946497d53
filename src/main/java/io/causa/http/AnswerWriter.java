package io.causa.http;

import io.causa.clock.VersionVector;
import io.causa.membership.Retirement;
import io.causa.wire.ClockHeader;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends answers, each with the context that its client has seen by then.
 *
 * <p>The token covers what the client sent as well as what the answer shows: whoever takes over the
 * token of whatever answer came last, an error included, never falls back. Writes that were lost
 * with a generation that has ended leave the token with the answer that names them.
 *
 * <p>A stranger to a node that asks who calls gets neither the context nor the clock.
 *
 * <p>Owner: one HTTP loop.
 */
final class AnswerWriter {

  /** How long the rest of an unwanted body is thrown away before the connection is closed. */
  static final long LINGER_MILLIS = 1000;

  /** It would have to say the length of what the client has, so it says no length. */
  private static final int NOT_MODIFIED = 304;

  private final Vertx vertx;
  private final Cors cors;
  private final DateHeader date;
  private final Handler<Throwable> unsent;

  /**
   * @param unsent is told why an answer could not be sent
   */
  AnswerWriter(Vertx vertx, Cors cors, DateHeader date, Handler<Throwable> unsent) {
    this.vertx = vertx;
    this.cors = cors;
    this.date = date;
    this.unsent = unsent;
  }

  /** Does nothing if the client is gone. */
  void send(Exchange exchange, Answer answer) {
    HttpServerResponse response = exchange.request().response();
    if (response.closed() || response.ended()) {
      exchange.releaseAnswer();
      return;
    }
    response.setStatusCode(answer.status());
    writeHeaders(response.headers(), exchange, answer);
    end(exchange.request(), answer).onComplete(sent -> sent(exchange, sent.cause()));
    if (answer.isClosing() || hasUnreadBody(exchange.request(), answer)) {
      linger(exchange.request(), answer.isClosing());
    }
  }

  private void sent(Exchange exchange, Throwable failure) {
    exchange.releaseAnswer();
    if (failure != null) {
      unsent.handle(failure);
    }
  }

  private void writeHeaders(MultiMap headers, Exchange exchange, Answer answer) {
    VersionVector shown = answer.clock();
    VersionVector sent = withoutLost(headers, exchange);
    VersionVector context = shown.covers(sent) ? shown : shown.join(sent);
    KeptTexts texts = exchange.texts();
    headers.add(HttpHeaders.DATE, date.now());
    answer.writeHeadersTo(headers);
    cors.writeHeaders(exchange.request(), headers);
    if (exchange.isKnown()) {
      headers.add(Headers.CONTEXT, texts.token(context));
      headers.add(Headers.CLOCK, texts.clock(shown, exchange.node().names()));
    }
  }

  /** What the client has seen and still is; says what is not. */
  private static VersionVector withoutLost(MultiMap headers, Exchange exchange) {
    VersionVector sent = exchange.context();
    if (sent.isEmpty()) {
      return sent;
    }
    Retirement retirement = exchange.node().retirement();
    VersionVector lost = retirement.lost(sent);
    if (lost.isEmpty()) {
      return sent;
    }
    headers.set(Headers.LOST, ClockHeader.print(lost, exchange.node().names()));
    return retirement.cap(sent);
  }

  private static Future<Void> end(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (request.method() == HttpMethod.HEAD) {
      if (answer.status() != NOT_MODIFIED) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length()));
      }
      return response.end();
    }
    return answer.body().length() == 0 ? response.end() : response.end(answer.body());
  }

  private static boolean hasUnreadBody(HttpServerRequest request, Answer answer) {
    return answer.status() >= 400
        && !request.isEnded()
        && (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
  }

  /**
   * Closing at once would reset the connection under a client that is still sending, and the answer
   * might be lost with it. So what comes is thrown away for a moment.
   */
  private void linger(HttpServerRequest request, boolean closing) {
    if (request.isEnded()) {
      close(request, closing);
      return;
    }
    long timer = vertx.setTimer(LINGER_MILLIS, late -> close(request, true));
    request.handler(thrownAway -> {});
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          close(request, closing);
        });
  }

  private static void close(HttpServerRequest request, boolean closing) {
    if (closing) {
      request.connection().close();
    }
  }
}
