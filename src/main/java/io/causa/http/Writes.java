package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.WriteRequest;
import io.causa.wire.ValueJson;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Function;

/** Hands writes to the store; what every road of writing over HTTP has in common. */
final class Writes {

  /** The longest content type that is kept with a value. */
  static final int CONTENT_TYPE_CHARS = 255;

  private record Unsupported(CharSequence header, String why) {}

  private static final String UNCONDITIONAL =
      "writes are unconditional: concurrent ones converge and show as conflicts";

  private static final List<Unsupported> UNSUPPORTED =
      List.of(
          new Unsupported(HttpHeaders.IF_MATCH, UNCONDITIONAL),
          new Unsupported(HttpHeaders.IF_NONE_MATCH, UNCONDITIONAL),
          new Unsupported(HttpHeaders.CONTENT_RANGE, "a value is written as a whole"),
          new Unsupported(
              HttpHeaders.CONTENT_ENCODING, "values are kept as sent, without an encoding"));

  private Writes() {}

  /**
   * To be called before a write is read.
   *
   * @throws ProblemException if a header asks for something that would silently not happen
   */
  static void checkHeaders(Exchange exchange) {
    MultiMap headers = exchange.request().headers();
    for (Unsupported unsupported : UNSUPPORTED) {
      if (headers.contains(unsupported.header())) {
        throw unsupported(unsupported);
      }
    }
    Acks.asked(exchange);
  }

  private static ProblemException unsupported(Unsupported unsupported) {
    CharSequence header = unsupported.header();
    return new ProblemException(
        new Problem(
                ProblemType.NOT_SUPPORTED, "the header %s: %s".formatted(header, unsupported.why()))
            .with("header", header.toString()));
  }

  /**
   * @throws ProblemException if the value is larger than allowed, its content type cannot be a
   *     header, or it is not the text that the content type promises
   */
  static Value check(String key, Value value, int limitBytes) {
    int bytes = value.bytes().length();
    if (bytes > limitBytes) {
      throw new ProblemException(
          new Problem(
                  ProblemType.TOO_LARGE,
                  "the value of \"%s\" has %d bytes, allowed are %d (http.valueBytes)"
                      .formatted(Excerpt.of(key), bytes, limitBytes))
              .with("limit", "http.valueBytes")
              .with("limitBytes", limitBytes));
    }
    checkContentType(value.contentType());
    return checkText(key, value);
  }

  /**
   * @throws ProblemException if the value is no UTF-8 though its content type promises it
   */
  static Value checkText(String key, Value value) {
    ValueJson.malformedAt(value)
        .ifPresent(
            at -> {
              throw JsonBody.wrong(
                  "the value of \"%s\" is %s by its content type, and its byte %d (0x%02x) is no UTF-8; name the charset, or send it as application/octet-stream"
                      .formatted(
                          Excerpt.of(key),
                          Excerpt.of(value.contentType()),
                          at,
                          value.bytes().unsafeArray()[at]));
            });
    return value;
  }

  static String checkContentType(String type) {
    if (!isPrintable(type) || type.isBlank() || type.length() > CONTENT_TYPE_CHARS) {
      throw new ProblemException(
          ProblemType.BAD_CONTENT_TYPE,
          "a content type is 1 to %d printable ASCII characters, not \"%s\""
              .formatted(CONTENT_TYPE_CHARS, Excerpt.of(type)));
    }
    return type;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes, and ends the exchange; answers whatever is the same for all: an unmet context, a limit.
   *
   * @param held whether a write that has to wait is answered at once and held, for {@code
   *     http.holdMillis}; else the answer waits
   */
  static void write(
      Exchange exchange,
      List<Mutation> mutations,
      boolean held,
      Function<Outcome.Done<Dot>, Answer> written,
      Function<Outcome.Held<Dot>, Answer> waiting) {
    WriteRequest request = request(exchange, mutations, held);
    boolean waits = !exchange.store().view().applied().covers(request.context());
    Pending pending =
        exchange
            .store()
            .write(
                request,
                outcome -> exchange.attempt(() -> end(exchange, outcome, written, waiting)));
    handOver(exchange, pending, waits);
  }

  /**
   * Counts the body until the exchange ends. The store itself counts one that has to wait for its
   * context, and one whose client goes away, as soon as its loop has taken it.
   */
  private static void handOver(Exchange exchange, Pending pending, boolean waits) {
    if (waits) {
      releaseOnceTaken(exchange);
      exchange.whenAbandoned(pending::abandon);
    } else {
      exchange.whenAbandoned(
          () -> {
            pending.abandon();
            releaseOnceTaken(exchange);
          });
    }
  }

  /** The store's loop takes the write before it answers a question that was asked later. */
  private static void releaseOnceTaken(Exchange exchange) {
    exchange
        .store()
        .await(VersionVector.EMPTY, 0, Future.future(never -> {}))
        .onComplete(taken -> exchange.releaseBody());
  }

  private static WriteRequest request(Exchange exchange, List<Mutation> mutations, boolean held) {
    Preferences preferences = exchange.preferences();
    long waitMillis = held ? exchange.edge().limits().holdMillis() : preferences.waitMillis();
    return new WriteRequest(mutations, exchange.context(), waitMillis, held);
  }

  private static void end(
      Exchange exchange,
      Outcome<Dot> outcome,
      Function<Outcome.Done<Dot>, Answer> written,
      Function<Outcome.Held<Dot>, Answer> waiting) {
    exchange.releaseBody();
    if (outcome instanceof Outcome.Done<Dot> done) {
      Acks.end(exchange, done, written);
    } else if (outcome instanceof Outcome.Held<Dot> unmet) {
      exchange.answer(waiting.apply(unmet));
    } else {
      Outcome.Refused<Dot> refused = (Outcome.Refused<Dot>) outcome;
      exchange.answerPreferred(Refusals.answer(refused, exchange.node().names()));
    }
  }
}
