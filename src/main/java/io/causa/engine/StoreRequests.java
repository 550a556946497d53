package io.causa.engine;

import io.causa.clock.Dot;
import io.causa.core.Answer;
import io.causa.core.ReadView;
import io.causa.core.Refusal;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asked the store for what, by ticket, and what the answers of the store mean to them.
 *
 * <p>Owner: the store's loop. Bound: the requests that the store has taken in and not answered yet,
 * which it limits.
 */
final class StoreRequests {

  private static final Logger LOG = LoggerFactory.getLogger(StoreRequests.class);
  private static final long LOG_PAUSE_MILLIS = 60_000;

  /** A request that the store has taken in. */
  interface Asked {
    /** Takes an answer of the store: the last one, unless it is {@link Answer.Parked}. */
    void answer(Answer answer);
  }

  private final ReadView view;
  private final long session;
  private final LongSupplier clock;
  private final Map<Long, Asked> asked = new HashMap<>();
  private long tickets;
  private long expiredHeld;
  private long toldExpired;
  private long nextLogMillis = Long.MIN_VALUE;

  /**
   * @param view what is readable; every outcome says how far it goes
   * @param session the run of the node, part of the names of held writes
   * @param clock the time of the loop, in milliseconds
   */
  StoreRequests(ReadView view, long session, LongSupplier clock) {
    this.view = view;
    this.session = session;
    this.clock = clock;
  }

  /** Takes a request in; returns its ticket, larger than all before. */
  long add(Asked request) {
    asked.put(++tickets, request);
    return tickets;
  }

  /** Forgets a request; an answer to it goes nowhere. */
  void forget(long ticket) {
    asked.remove(ticket);
  }

  /** Passes an answer on, unless its request is forgotten. */
  void answer(Answer answer) {
    boolean isLast = !(answer instanceof Answer.Parked);
    Asked request = isLast ? asked.remove(answer.ticket()) : asked.get(answer.ticket());
    if (request != null) {
      request.answer(answer);
    }
  }

  /** Returns how many held writes were given up so far. */
  long expiredHeld() {
    return expiredHeld;
  }

  /** Makes what answers a write whose client waits. */
  Asked write(Consumer<Outcome<Dot>> reply) {
    return answer -> {
      if (!(answer instanceof Answer.Parked)) {
        reply.accept(written(answer));
      }
    };
  }

  /**
   * Makes what answers a write that is held when it has to wait: its client gets one answer, and
   * what becomes of the write afterwards only counts.
   */
  Asked heldWrite(WriteRequest request, Consumer<Outcome<Dot>> reply) {
    return new Asked() {
      private boolean isHeld;

      @Override
      public void answer(Answer answer) {
        if (answer instanceof Answer.Parked parked) {
          isHeld = true;
          HeldId id = new HeldId(session, parked.ticket());
          reply.accept(new Outcome.Held<>(id, parked.waitsFor(), view.applied()));
        } else if (!isHeld) {
          reply.accept(written(answer));
        } else if (answer instanceof Answer.Refused refused) {
          giveUp(request, refused.why());
        }
      }
    };
  }

  /** Makes what answers a read of several keys. */
  Asked read(ReadRequest request, Consumer<Outcome<Snapshot>> reply) {
    return covered(
        reply,
        () -> {
          Snapshot snapshot = Snapshot.read(view, request.selection());
          return new Outcome.Done<>(snapshot, snapshot.applied());
        });
  }

  /** Makes what answers a wait for a context. */
  Asked await(Consumer<Outcome<Void>> reply) {
    return covered(reply, () -> new Outcome.Done<>(null, view.applied()));
  }

  private <T> Asked covered(Consumer<Outcome<T>> reply, Supplier<Outcome<T>> outcome) {
    return answer -> {
      if (!(answer instanceof Answer.Parked)) {
        reply.accept(
            answer instanceof Answer.Refused refused ? refused(refused.why()) : outcome.get());
      }
    };
  }

  private Outcome<Dot> written(Answer answer) {
    return answer instanceof Answer.Written written
        ? new Outcome.Done<>(written.version(), view.applied())
        : refused(((Answer.Refused) answer).why());
  }

  private <T> Outcome<T> refused(Refusal why) {
    return new Outcome.Refused<>(why, view.applied());
  }

  /** Nobody waits for the answer, so it is counted, and logged at most once a minute. */
  private void giveUp(WriteRequest request, Refusal why) {
    long nowMillis = clock.getAsLong();
    expiredHeld++;
    if (nowMillis >= nextLogMillis) {
      nextLogMillis = nowMillis + LOG_PAUSE_MILLIS;
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
}
