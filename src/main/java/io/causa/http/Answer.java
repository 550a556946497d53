package io.causa.http;

import io.causa.clock.VersionVector;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is answered with. A handler makes it and gives it away; {@link AnswerWriter} sends
 * it.
 *
 * <p>Owner: the loop of the request.
 */
final class Answer {

  private static final Buffer NOTHING = Buffer.buffer();
  private static final int USUAL_HEADERS = 2 * 6;

  private final int status;
  private final VersionVector clock;

  /** Name and value by turns. */
  private final List<CharSequence> headers = new ArrayList<>(USUAL_HEADERS);

  private Buffer body = NOTHING;
  private boolean closing;

  /**
   * @param clock what the answer shows: everything applied here, and the versions that it returns
   */
  Answer(int status, VersionVector clock) {
    this.status = status;
    this.clock = clock;
  }

  static Answer json(int status, VersionVector clock, JsonObject body) {
    return new Answer(status, clock).body(Headers.JSON, body.toBuffer());
  }

  static Answer problem(Problem problem, VersionVector clock) {
    Answer answer = new Answer(problem.type().status(), clock);
    if (problem.type().isPassing()) {
      answer.header(HttpHeaders.RETRY_AFTER, Headers.ONE_SECOND);
    }
    if (problem.type() == ProblemType.UNAUTHENTICATED) {
      answer.header(Headers.WWW_AUTHENTICATE, Headers.BEARER);
    }
    if (problem.type() == ProblemType.TOO_MANY_FAILURES) {
      answer.header(
          HttpHeaders.RETRY_AFTER, problem.more().getValue("retryAfterSeconds").toString());
    }
    return answer.body(Headers.PROBLEM_JSON, problem.toJson().toBuffer());
  }

  Answer body(CharSequence contentType, Buffer body) {
    this.body = body;
    return header(HttpHeaders.CONTENT_TYPE, contentType);
  }

  Answer header(CharSequence name, CharSequence value) {
    headers.add(name);
    headers.add(value);
    return this;
  }

  /** Nothing more is read from the connection after this answer. */
  Answer closing() {
    closing = true;
    return header(HttpHeaders.CONNECTION, Headers.CLOSE);
  }

  int status() {
    return status;
  }

  VersionVector clock() {
    return clock;
  }

  Buffer body() {
    return body;
  }

  boolean isClosing() {
    return closing;
  }

  void writeHeadersTo(MultiMap target) {
    for (int i = 0; i < headers.size(); i += 2) {
      target.add(headers.get(i), headers.get(i + 1));
    }
  }
}
