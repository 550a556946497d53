package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.ReadView;
import io.causa.core.Refusal;
import io.causa.node.port.HeldId;
import io.causa.node.port.Outcome;
import io.causa.node.port.ReadRequest;
import io.causa.node.port.StorePort;
import io.causa.node.port.WriteRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asked the store for what, and what its answers mean to them.
 *
 * <p>Owner: the store's loop. Bound: the requests that the store has taken in and not answered yet,
 * which it limits.
 */
final class StoreAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(StoreAnswers.class);

  private static final long LOG_PAUSE_MILLIS = 60_000;

  private final ReadView view;
  private final long session;
  private final Map<Long, Consumer<Answer>> asked = new HashMap<>();
  private long tickets;
  private long expiredHeld;
  private long toldExpired;
  private long nextLogMillis = Long.MIN_VALUE;

  /**
   * @param view what is readable, of which every outcome says how far it goes
   * @param session the run of the node, part of the names of held writes
   */
  StoreAnswers(ReadView view, long session) {
    this.view = view;
    this.session = session;
  }

  /** The ticket under which the write is answered: a held one when it is parked, and not again. */
  long expect(WriteRequest request, CompletableFuture<Outcome<Dot>> outcome) {
    long ticket = ++tickets;
    asked.put(ticket, answer -> answer(request, answer, outcome));
    return ticket;
  }

  /** The ticket under which the read is answered once it is not parked any more. */
  long expect(ReadRequest request, CompletableFuture<Outcome<StorePort.Snapshot>> outcome) {
    return expectCovered(
        answer -> covered(answer, () -> SnapshotReads.read(view, request.selection())), outcome);
  }

  /** The ticket under which the wait is answered when it is over. */
  long expect(CompletableFuture<Outcome<Void>> outcome) {
    return expectCovered(answer -> covered(answer, () -> null), outcome);
  }

  /** Whoever has this ticket waits for the answer no more. */
  void forget(long ticket) {
    asked.remove(ticket);
  }

  /** Passes the answer on, unless nobody waits for it. */
  void answer(Answer answer) {
    Consumer<Answer> asker = asked.get(answer.ticket());
    if (asker != null) {
      asker.accept(answer);
    }
  }

  /** How many held writes were given up so far. */
  long expiredHeld() {
    return expiredHeld;
  }

  private <T> long expectCovered(Function<Answer, T> outcome, CompletableFuture<T> promise) {
    long ticket = ++tickets;
    asked.put(ticket, answer -> answerUnlessParked(ticket, answer, outcome, promise));
    return ticket;
  }

  private <T> void answerUnlessParked(
      long ticket, Answer answer, Function<Answer, T> outcome, CompletableFuture<T> promise) {
    if (!(answer instanceof Answer.Parked)) {
      asked.remove(ticket);
      promise.complete(outcome.apply(answer));
    }
  }

  private void answer(
      WriteRequest request, Answer answer, CompletableFuture<Outcome<Dot>> outcome) {
    if (answer instanceof Answer.Parked parked) {
      if (request.held()) {
        HeldId id = new HeldId(session, parked.ticket());
        outcome.complete(new Outcome.Held<>(id, parked.waitsFor(), applied()));
      }
      return;
    }
    asked.remove(answer.ticket());
    if (!outcome.complete(written(answer)) && answer instanceof Answer.Refused refused) {
      giveUpHeld(request, refused.why());
    }
  }

  /**
   * The context of a held write has not come in time, or there is no room for it. Nobody waits for
   * the answer, so it is counted, and logged at most once a minute.
   */
  private void giveUpHeld(WriteRequest request, Refusal why) {
    expiredHeld++;
    if (MonotonicClock.millis() >= nextLogMillis) {
      nextLogMillis = MonotonicClock.millis() + LOG_PAUSE_MILLIS;
      LOG.warn(
          "{} held writes since the last such line are given up, among them one of \"{}\": {}",
          expiredHeld - toldExpired,
          request.mutations().get(0).key(),
          reason(why));
      toldExpired = expiredHeld;
    }
  }

  private static String reason(Refusal why) {
    if (why instanceof Refusal.NotMet late) {
      return "its context did not come in time: " + late.context();
    }
    return why instanceof Refusal.DataFull full
        ? "the data has no room for it (store.dataBytes), %d of %d bytes are used"
            .formatted(full.fill().usedBytes(), full.fill().limit().bytes())
        : why.toString();
  }

  private Outcome<Dot> written(Answer answer) {
    return answer instanceof Answer.Written written
        ? new Outcome.Done<>(written.version(), applied())
        : refused(answer);
  }

  private <T> Outcome<T> covered(Answer answer, Supplier<T> read) {
    return answer instanceof Answer.Covered
        ? new Outcome.Done<>(read.get(), applied())
        : refused(answer);
  }

  private <T> Outcome<T> refused(Answer answer) {
    return new Outcome.Refused<>(((Answer.Refused) answer).why(), applied());
  }

  private VersionVector applied() {
    return view.applied();
  }
}
