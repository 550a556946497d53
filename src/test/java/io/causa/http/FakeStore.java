package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.DataFill;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.ReadView;
import io.causa.core.Refusal;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import io.causa.core.store.ParkedRequests;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import io.causa.membership.Retirement;
import io.causa.node.port.StorePort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store on a loop of its own, over the same core as the real one, whose commits are durable at
 * once.
 */
final class FakeStore implements StorePort {

  private record Waiting(Runnable goOn, Runnable giveUp) {}

  private static final int MOST_PARKED = 2;

  private final Vertx vertx;
  private final Context loop;
  private final KeyStates states = new KeyStates();
  private final CommitPipeline pipeline;
  private final ParkedRequests<Waiting> parked = new ParkedRequests<>();
  private final List<Runnable> standing = new ArrayList<>();
  private long tickets;
  private boolean stands;
  private boolean full;
  private volatile DataFill dataFull;
  volatile Retirement retirement = Retirement.NONE;
  private volatile boolean exhausted;

  /** From now on there is no time left for a write. */
  void exhaust() {
    exhausted = true;
  }

  private RuntimeException broken;
  private final AtomicLong looks = new AtomicLong();

  /** Returns how often anybody asked for the view. */
  long looks() {
    return looks.get();
  }

  FakeStore(Vertx vertx, Replica self) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.pipeline = new CommitPipeline(self, states, 0, 1000, 1 << 20);
  }

  /** From now on every request is answered with an overload. */
  void fill() {
    full = true;
  }

  /** From now on no write fits but a delete. */
  void fillData(DataFill now) {
    dataFull = now;
  }

  /** From now on writes and waits are looked at only after {@link #goOn}. */
  void standStill() {
    loop.runOnContext(now -> stands = true);
  }

  /** Looks at what was asked meanwhile, in its order. */
  void goOn() {
    loop.runOnContext(
        now -> {
          stands = false;
          standing.forEach(Runnable::run);
          standing.clear();
        });
  }

  /** From now on every request fails. */
  void breakWith(RuntimeException failure) {
    broken = failure;
  }

  /** Applies a write of another replica, and whatever waited for it. */
  Future<Void> deliver(Write write) {
    return onLoop(
        done -> {
          pipeline.deliver(List.of(write));
          commit();
          done.complete();
        });
  }

  Future<Integer> parked() {
    return onLoop(done -> done.complete(parked.size()), true);
  }

  @Override
  public ReadView view() {
    looks.incrementAndGet();
    return states;
  }

  @Override
  public Pending write(WriteRequest request, Consumer<Outcome<Dot>> reply) {
    if (broken != null) {
      throw broken;
    }
    Promise<Void> abandoned = Promise.promise();
    outcome(request, abandoned.future()).onSuccess(reply::accept);
    return abandoned::tryComplete;
  }

  private Future<Outcome<Dot>> outcome(WriteRequest request, Future<Void> abandoned) {
    return onLoop(
        done -> {
          Runnable write = () -> done.tryComplete(commit(request.mutations()));
          if (exhausted) {
            done.complete(refused(new Refusal.Exhausted(1L << 53)));
          } else if (full) {
            done.complete(refused(new Refusal.Overloaded("store.pendingWrites")));
          } else if (dataFull != null && !deletes(request)) {
            done.complete(refused(new Refusal.DataFull(dataFull)));
          } else if (isMet(request.context())) {
            write.run();
          } else {
            park(request, abandoned, write, done);
          }
        });
  }

  private boolean isMet(VersionVector context) {
    return states.applied().covers(retirement.cap(context));
  }

  private static boolean deletes(WriteRequest request) {
    return request.mutations().stream().allMatch(m -> m.value().isEmpty());
  }

  private void park(
      WriteRequest request, Future<Void> abandoned, Runnable write, Promise<Outcome<Dot>> done) {
    Future<Void> gone = request.held() ? Future.future(never -> {}) : abandoned;
    park(
        request.context(),
        request.waitMillis(),
        gone,
        write,
        () -> done.tryComplete(refused(new Refusal.NotMet(request.context()))),
        () -> done.complete(refused(new Refusal.Overloaded("store.parkedRequests"))));
    if (request.held()) {
      Dot missing = states.applied().firstMissing(request.context()).orElseThrow();
      HeldId id = new HeldId(46, tickets);
      done.tryComplete(new Outcome.Held<>(id, missing, states.applied()));
    }
  }

  @Override
  public Future<Outcome<Snapshot>> read(ReadRequest request, Future<Void> abandoned) {
    return await(request.context(), request.waitMillis(), abandoned, true)
        .map(
            outcome ->
                outcome instanceof Outcome.Refused<Void> refused
                    ? refused(refused.why())
                    : new Outcome.Done<>(
                        Snapshot.read(states, request.selection()), states.applied()));
  }

  @Override
  public Future<Outcome<Void>> await(
      VersionVector context, long waitMillis, Future<Void> abandoned) {
    return await(context, waitMillis, abandoned, false);
  }

  private Future<Outcome<Void>> await(
      VersionVector context, long waitMillis, Future<Void> abandoned, boolean atOnce) {
    return onLoop(
        done -> {
          Runnable met = () -> done.tryComplete(new Outcome.Done<>(null, states.applied()));
          if (full) {
            done.complete(refused(new Refusal.Overloaded("store.parkedRequests")));
          } else if (isMet(context)) {
            met.run();
          } else {
            park(
                context,
                waitMillis,
                abandoned,
                met,
                () -> done.tryComplete(refused(new Refusal.NotMet(context))),
                () -> done.complete(refused(new Refusal.Overloaded("store.parkedRequests"))));
          }
        },
        atOnce);
  }

  private void park(
      VersionVector context,
      long waitMillis,
      Future<Void> abandoned,
      Runnable goOn,
      Runnable giveUp,
      Runnable refuse) {
    long ticket = ++tickets;
    var request = new ParkedRequests.Parked<>(ticket, context, 0, new Waiting(goOn, giveUp));
    if (parked.size() >= MOST_PARKED) {
      refuse.run();
      return;
    }
    parked.park(request, states.applied());
    abandoned.onComplete(gone -> loop.runOnContext(now -> parked.cancel(ticket)));
    vertx.setTimer(
        Math.max(1, waitMillis),
        late -> {
          if (parked.cancel(ticket).isPresent()) {
            giveUp.run();
          }
        });
  }

  private Outcome<Dot> commit(List<Mutation> mutations) {
    long ticket = ++tickets;
    pipeline.propose(new Proposal(ticket, mutations, 1_700_000_000_000L));
    Commit commit = commit();
    for (StagedWrite write : commit.writes()) {
      if (write.ticket().isPresent() && write.ticket().getAsLong() == ticket) {
        return new Outcome.Done<>(write.write().dot(), commit.after());
      }
    }
    throw new IllegalStateException("commit " + commit + " lacks ticket " + ticket);
  }

  private Commit commit() {
    pipeline.begin().orElseThrow();
    Commit commit = pipeline.complete();
    parked.release(commit.before(), commit.after()).forEach(free -> free.request().goOn().run());
    return commit;
  }

  private <T> Outcome<T> refused(Refusal why) {
    return new Outcome.Refused<>(why, states.applied());
  }

  private interface Step<T> {
    void run(Promise<T> done);
  }

  /** Runs on the store's loop and answers on the caller's. */
  private <T> Future<T> onLoop(Step<T> step) {
    return onLoop(step, false);
  }

  private <T> Future<T> onLoop(Step<T> step, boolean atOnce) {
    Context caller = vertx.getOrCreateContext();
    Promise<T> there = Promise.promise();
    Promise<T> here = Promise.promise();
    there.future().onComplete(result -> caller.runOnContext(now -> here.handle(result)));
    loop.runOnContext(
        now -> {
          if (broken != null) {
            there.fail(broken);
          } else if (stands && !atOnce) {
            standing.add(() -> step.run(there));
          } else {
            step.run(there);
          }
        });
    return here.future();
  }

  static <T> T join(Supplier<Future<T>> call) throws Exception {
    return call.get().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
