package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import io.causa.core.Mutation;
import io.causa.core.Refusal;
import io.causa.core.store.KeyStates;
import io.causa.node.port.Outcome;
import io.causa.node.port.WriteRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StoreAnswersTest {

  private static final Dot MISSING = new Dot(new Replica("node2", 1), 7);

  private final Logger logger = (Logger) LoggerFactory.getLogger(StoreAnswers.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final StoreAnswers answers = new StoreAnswers(new KeyStates(), 1);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
  }

  @Test
  void aHeldWriteThatDoesNotFitIsToldInTheLogInWords() {
    CompletableFuture<Outcome<Dot>> outcome = new CompletableFuture<>();
    long ticket = answers.expect(held(), outcome);

    answers.answer(new Answer.Parked(ticket, MISSING));
    assertThat(outcome.join()).isInstanceOf(Outcome.Held.class);
    assertThat(lines.list).isEmpty();

    answers.answer(full(ticket));
    assertThat(answers.expiredHeld()).isEqualTo(1);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("one of \"k\"", "(store.dataBytes), 104 of 100 bytes are used");

    answers.answer(full(ticket));
    assertThat(answers.expiredHeld()).as("answered once").isEqualTo(1);
  }

  private static Answer full(long ticket) {
    DataFill fill = new DataFill(104, new DataLimit(100, 5), 0, 1);
    return new Answer.Refused(ticket, new Refusal.DataFull(fill));
  }

  private static WriteRequest held() {
    VersionVector context = VersionVector.of(MISSING);
    List<Mutation> mutations = List.of(new Mutation.Delete("k"));
    return new WriteRequest(mutations, context, 1000, true, Future.future(never -> {}));
  }
}
