package io.causa.http;

import io.causa.clock.Dot;
import io.causa.engine.api.Outcome;
import io.causa.wire.VersionText;
import java.util.function.Function;

/** {@code Causa-Acks: k}: a write is answered once k peers have applied it, too. */
final class Acks {

  private static final int MOST_PEERS = 99;

  private Acks() {}

  /**
   * How many peers the client waits for; 0 if it does not ask.
   *
   * @throws ProblemException if the header is no number of peers
   */
  static int asked(Exchange exchange) {
    String text = exchange.header(Headers.ACKS);
    if (text == null) {
      return 0;
    }
    if (!text.matches("[0-9]{1,2}")) {
      throw new ProblemException(
          ProblemType.BAD_ACKS,
          "Causa-Acks is a number of peers from 0 to %d, not \"%s\""
              .formatted(MOST_PEERS, Excerpt.of(text)));
    }
    return Integer.parseInt(text);
  }

  /**
   * Answers the applied write once enough peers have it, or says how many have when the time is up.
   */
  static void end(
      Exchange exchange, Outcome.Done<Dot> written, Function<Outcome.Done<Dot>, Answer> answer) {
    int asked = asked(exchange);
    if (asked == 0) {
      exchange.answerPreferred(answer.apply(written));
      return;
    }
    exchange
        .node()
        .acks()
        .await(written.value(), asked, exchange.preferences().waitMillis())
        .map(reached -> answer(exchange, written, answer, asked, reached))
        .map(exchange.preferences()::applyTo)
        .onComplete(exchange::end);
  }

  private static Answer answer(
      Exchange exchange,
      Outcome.Done<Dot> written,
      Function<Outcome.Done<Dot>, Answer> answer,
      int asked,
      int reached) {
    return (reached >= asked
            ? answer.apply(written)
            : notReached(exchange, written, asked, reached))
        .header(Headers.ACKS, Integer.toString(reached));
  }

  private static Answer notReached(
      Exchange exchange, Outcome.Done<Dot> written, int asked, int reached) {
    String version = VersionText.print(written.value(), exchange.node().names());
    String detail =
        "%s is written and applied here, but only %d of %d peers have applied it within the wait; replication goes on. Do not write again"
            .formatted(version, reached, asked);
    Problem problem =
        new Problem(ProblemType.ACKS_NOT_MET, detail)
            .with("version", version)
            .with("acks", reached);
    return Answer.problem(problem, KeyAnswers.seen(written)).header(Headers.VERSION, version);
  }
}
