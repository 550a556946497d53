package io.causa.engine;

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
import io.causa.engine.api.HeldId;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StoreRequestsTest {

  private static final long SESSION = 46;
  private static final Dot MISSING = new Dot(new Replica("node2", 1), 7);
  private static final Dot VERSION = new Dot(new Replica("node1", 1), 1);

  private final Logger logger = (Logger) LoggerFactory.getLogger(StoreRequests.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ManualLoop clock = new ManualLoop();
  private final StoreRequests requests =
      new StoreRequests(new KeyStates(), SESSION, clock::nowMillis);
  private final List<Outcome<Dot>> outcomes = new ArrayList<>();

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
  void ticketsGrow() {
    long first = requests.add(requests.write(outcomes::add));

    assertThat(requests.add(requests.write(outcomes::add))).isGreaterThan(first);
  }

  @Test
  void aClientThatWaitsHearsNothingUntilItsWriteIsApplied() {
    long ticket = requests.add(requests.write(outcomes::add));
    requests.answer(new Answer.Parked(ticket, MISSING));
    assertThat(outcomes).isEmpty();

    requests.answer(new Answer.Written(ticket, VERSION));
    requests.answer(new Answer.Written(ticket, VERSION));

    assertThat(outcomes).containsExactly(new Outcome.Done<>(VERSION, VersionVector.EMPTY));
  }

  @Test
  void aClientThatWaitsIsToldWhyItsWriteIsRefused() {
    Refusal why = new Refusal.Overloaded("store.pendingWrites");
    long ticket = requests.add(requests.write(outcomes::add));
    requests.answer(new Answer.Refused(ticket, why));

    assertThat(outcomes).containsExactly(new Outcome.Refused<>(why, VersionVector.EMPTY));
  }

  @Test
  void theAnswerToAForgottenRequestGoesNowhere() {
    long ticket = requests.add(requests.write(outcomes::add));
    requests.forget(ticket);
    requests.answer(new Answer.Written(ticket, VERSION));

    assertThat(outcomes).isEmpty();
  }

  @Test
  void aReadIsAnsweredOnceItsContextIsCovered() {
    List<Outcome<Snapshot>> read = new ArrayList<>();
    var keys = new ReadRequest.Keys(List.of("k"));
    var request = new ReadRequest(keys, VersionVector.of(MISSING), 1000);
    long ticket = requests.add(requests.read(request, read::add));
    requests.answer(new Answer.Parked(ticket, MISSING));
    assertThat(read).isEmpty();

    requests.answer(new Answer.Covered(ticket));

    Snapshot nothing =
        new Snapshot(
            List.of(new Snapshot.KeyedState("k", Optional.empty())), VersionVector.EMPTY, false);
    assertThat(read).containsExactly(new Outcome.Done<>(nothing, VersionVector.EMPTY));
  }

  @Test
  void aWaitEndsWithItsContextOrWithTheReasonWhyNot() {
    List<Outcome<Void>> waited = new ArrayList<>();
    Refusal late = new Refusal.NotMet(VersionVector.of(MISSING));
    long met = requests.add(requests.await(waited::add));
    long unmet = requests.add(requests.await(waited::add));
    requests.answer(new Answer.Parked(met, MISSING));
    requests.answer(new Answer.Covered(met));
    requests.answer(new Answer.Refused(unmet, late));

    assertThat(waited)
        .containsExactly(
            new Outcome.Done<>(null, VersionVector.EMPTY),
            new Outcome.Refused<>(late, VersionVector.EMPTY));
  }

  @Test
  void aWriteThatMayBeHeldAndNeedNotIsAnsweredAsAnyOther() {
    long ticket = requests.add(requests.heldWrite(held(), outcomes::add));
    requests.answer(new Answer.Written(ticket, VERSION));

    assertThat(outcomes).containsExactly(new Outcome.Done<>(VERSION, VersionVector.EMPTY));
  }

  @Test
  void theClientOfAHeldWriteHearsItsNameAndNothingLater() {
    long ticket = requests.add(requests.heldWrite(held(), outcomes::add));
    requests.answer(new Answer.Parked(ticket, MISSING));
    requests.answer(new Answer.Written(ticket, VERSION));

    HeldId id = new HeldId(SESSION, ticket);
    assertThat(outcomes).containsExactly(new Outcome.Held<>(id, MISSING, VersionVector.EMPTY));
    assertThat(requests.expiredHeld()).isZero();
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aHeldWriteThatDoesNotFitIsToldInTheLogInWords() {
    long ticket = park();
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Held.class);
    assertThat(lines.list).isEmpty();

    requests.answer(full(ticket));
    assertThat(requests.expiredHeld()).isEqualTo(1);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("one of \"k\"", "(store.dataBytes), 104 of 100 bytes are used");

    requests.answer(full(ticket));
    assertThat(requests.expiredHeld()).as("answered once").isEqualTo(1);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void heldWritesThatAreGivenUpAreToldOnceAMinuteAndNoneIsLeftOut() {
    requests.answer(full(park()));
    requests.answer(full(park()));
    clock.pass(59_999);
    requests.answer(full(park()));
    assertThat(lines.list).hasSize(1);

    clock.pass(1);
    requests.answer(full(park()));

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("1 held writes"),
            second -> assertThat(second).startsWith("3 held writes"));
  }

  private long park() {
    long ticket = requests.add(requests.heldWrite(held(), outcomes::add));
    requests.answer(new Answer.Parked(ticket, MISSING));
    return ticket;
  }

  private static Answer full(long ticket) {
    DataFill fill = new DataFill(104, new DataLimit(100, 5), 0, 1);
    return new Answer.Refused(ticket, new Refusal.DataFull(fill));
  }

  private static WriteRequest held() {
    VersionVector context = VersionVector.of(MISSING);
    List<Mutation> mutations = List.of(new Mutation.Delete("k"));
    return new WriteRequest(mutations, context, 1000, true);
  }
}
