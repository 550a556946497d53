package io.causa.http;

import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Value;
import java.util.stream.Stream;

/**
 * Room for answers that show values in JSON. Each is a copy, larger than the values, and is there
 * until its client has read it; an answer of the bytes themselves shares them with the store.
 */
final class AnswerRoom {

  private static final String LIMIT = "http.answersUnderWayBytes";

  /**
   * The text of a value, JSON as it was written or base64, and the buffer of the answer, which
   * grows by doubling.
   */
  private static final int COPIES = 5;

  private AnswerRoom() {}

  /**
   * Reserves room for an answer with the visible versions of these keys, until it is sent.
   *
   * @throws ProblemException if there is no room, or would be too little in any case
   */
  static void reserve(Exchange exchange, Stream<KeyState> states) {
    reserveVersions(exchange, states.map(KeyState::visible));
  }

  /**
   * Reserves room for an answer with these versions, until it is sent.
   *
   * @throws ProblemException if there is no room, or would be too little in any case
   */
  static void reserveVersions(Exchange exchange, Stream<KeyVersion> versions) {
    long bytes =
        versions.flatMap(version -> version.value().stream()).mapToLong(AnswerRoom::bytes).sum();
    if (!exchange.answerLease().take(bytes)) {
      throw refusal(exchange.edge().load().answers(), bytes);
    }
  }

  private static long bytes(Value value) {
    return (long) COPIES * value.bytes().length();
  }

  private static ProblemException refusal(BodyBudget answers, long bytes) {
    Problem problem =
        bytes > answers.limitBytes()
            ? new Problem(
                ProblemType.TOO_LARGE,
                "the answer needs about %d bytes of memory, and all answers together may have %d (http.answersUnderWayBytes). Ask for fewer keys, or for the bytes of each with GET /kv/{key}"
                    .formatted(bytes, answers.limitBytes()))
            : new Problem(
                ProblemType.OVERLOADED,
                "no room for the %d bytes of memory that the answer needs: of all answers under way, %d of %d bytes are taken (http.answersUnderWayBytes). Try again a little later, or ask another node"
                    .formatted(bytes, answers.bytes(), answers.limitBytes()));
    return new ProblemException(
        problem.with("limit", LIMIT).with("limitBytes", answers.limitBytes()));
  }
}
