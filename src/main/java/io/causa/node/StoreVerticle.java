package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import io.causa.core.Proposal;
import io.causa.core.ReadView;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.KeyStates;
import io.causa.core.store.SnapshotInstall;
import io.causa.core.store.Store;
import io.causa.node.config.NodeConfig;
import io.causa.node.port.HeldPort;
import io.causa.node.port.Outcome;
import io.causa.node.port.ReadRequest;
import io.causa.node.port.StorePort;
import io.causa.node.port.WriteRequest;
import io.causa.replication.Action;
import io.causa.storage.Recovered;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clock and store state: drives {@link Store} through stamp, commit and apply.
 *
 * <p>Owns its event loop; every call from another thread hops onto it and is answered on the
 * caller's. Commits are made durable off the loop; what they allow is released on it.
 */
final class StoreVerticle extends VerticleBase implements StorePort {

  private static final Logger LOG = LoggerFactory.getLogger(StoreVerticle.class);

  private static final long TRANSFER_CHECK_MILLIS = 1000;

  private record PendingInstall(ReplicaSnapshot snapshot, CompletableFuture<Boolean> installed) {}

  /** What the loop knows of its requests for {@code /status}. */
  record Figures(
      long lamport,
      long conflicts,
      int parkedRequests,
      HeldPort.Page held,
      long expiredHeld,
      int tombstones,
      long lateWrites,
      List<SnapshotTransfers.Serving> serving,
      DataFill data) {}

  private final Storage storage;
  private final LocalBus localBus;
  private final FailStop failStop;
  private final DataLimit data;
  private final KeyStates states;
  private final Store store;
  private final StoreAnswers answers;
  private final long session;
  private HeldByStore held;
  private long nextLateWarning = 1;
  private long armedMillis = Long.MAX_VALUE;
  private PendingInstall pendingInstall;
  private final DataWatch dataWatch = new DataWatch();
  private Loop loop;

  StoreVerticle(
      Storage storage,
      NodeConfig.Store limits,
      DataLimit data,
      LocalBus localBus,
      FailStop failStop) {
    Recovered recovered = storage.recovered();
    this.storage = storage;
    this.data = data;
    this.localBus = localBus;
    this.failStop = failStop;
    this.states =
        new KeyStates(recovered.applied(), recovered.states(), recovered.floor(), () -> {});
    this.session = storage.incarnation().session();
    this.answers = new StoreAnswers(states, session);
    this.store =
        new Store(
            recovered.self(),
            states,
            recovered.lamport(),
            new Store.Limits(
                limits.pendingWrites(),
                limits.pendingBytes(),
                limits.parkedRequests(),
                limits.parkedBytes(),
                limits.heldWrites(),
                limits.heldBytes(),
                new SnapshotTransfers.Limits(
                    limits.snapshotTransfers(),
                    limits.snapshotKeptBytes(),
                    limits.snapshotIdleMillis()),
                data));
  }

  @Override
  public Future<?> start() {
    loop = new Loop(vertx, context);
    held = new HeldByStore(loop, store, answers, session);
    failStop.guard(context, "the store");
    localBus.onDeliverable(this::deliver);
    localBus.onStable(this::stable);
    localBus.onRetired(this::retire);
    dataWatch.look(store.fill(), MonotonicClock.millis());
    vertx.setPeriodic(
        TRANSFER_CHECK_MILLIS, timer -> store.expireTransfers(MonotonicClock.millis()));
    return Future.succeededFuture();
  }

  /** What clients were told is held ends here, unless its context has come. */
  @Override
  public Future<?> stop() {
    int waiting = store.held().waiting();
    if (waiting > 0) {
      LOG.warn(
          "{} held writes end with this run of the node: what they wait for has not arrived here",
          waiting);
    }
    return Future.succeededFuture();
  }

  @Override
  public ReadView view() {
    return states;
  }

  @Override
  public Future<Outcome<Dot>> write(WriteRequest request) {
    return loop.ask(
        outcome -> {
          long ticket = answers.expect(request, outcome);
          request.abandoned().onSuccess(gone -> abandon(ticket, request.held()));
          Proposal proposal = new Proposal(ticket, request.mutations(), System.currentTimeMillis());
          take(proposal, request).ifPresent(this::answer);
          commit();
        });
  }

  private Optional<Answer> take(Proposal proposal, WriteRequest request) {
    long deadlineMillis = deadline(request.waitMillis());
    return request.held()
        ? store.hold(proposal, request.context(), MonotonicClock.millis(), deadlineMillis)
        : store.write(proposal, request.context(), deadlineMillis);
  }

  /** The writes that are held here; once started. */
  HeldPort held() {
    return held;
  }

  @Override
  public Future<Outcome<Snapshot>> read(ReadRequest request) {
    return loop.ask(
        outcome -> {
          long ticket = answers.expect(request, outcome);
          await(ticket, request.context(), request.waitMillis(), request.abandoned());
        });
  }

  @Override
  public Future<Outcome<Void>> await(
      VersionVector awaited, long waitMillis, Future<Void> abandoned) {
    return loop.ask(outcome -> await(answers.expect(outcome), awaited, waitMillis, abandoned));
  }

  /** Answers a peer's request for a slice of a snapshot of what is here. */
  Future<SnapshotTransfers.Reply> snapshotSlice(Action.ReadSnapshot wanted) {
    return loop.compute(
        () -> {
          SnapshotTransfers.Reply reply =
              store.snapshotSlice(
                  wanted.asker(),
                  wanted.transfer(),
                  wanted.number(),
                  wanted.maxBytes(),
                  MonotonicClock.millis());
          if (reply instanceof SnapshotTransfers.Reply.Overrun) {
            LOG.warn(
                "the snapshot for {} has to start anew: more has changed than {} keeps",
                wanted.asker(),
                SnapshotTransfers.KEPT_BYTES);
          }
          return reply;
        });
  }

  /** How much of a peer's snapshot may be here before it is installed. */
  SnapshotRoom snapshotRoom() {
    return new SnapshotRoom(states, states::dataBytes, data);
  }

  /**
   * Installs a peer's snapshot; completes when it is durable and readable, or with false if the
   * data would not fit then. One at a time.
   */
  Future<Boolean> install(ReplicaSnapshot snapshot) {
    return loop.ask(
        installed -> {
          pendingInstall = new PendingInstall(snapshot, installed);
          commit();
        });
  }

  /** Whether writes of the peers are taken in; any thread may ask. */
  boolean takesIn() {
    return dataWatch.takesIn();
  }

  /**
   * @param list how many held writes to look at
   */
  Future<Figures> figures(int list) {
    return loop.compute(
        () ->
            new Figures(
                store.lamport(),
                store.conflicts(),
                store.parkedRequests(),
                held.look(list),
                answers.expiredHeld(),
                store.tombstones(),
                store.lateWrites(),
                store.serving(),
                store.fill()));
  }

  private void await(long ticket, VersionVector awaited, long waitMillis, Future<Void> abandoned) {
    abandoned.onSuccess(gone -> abandon(ticket, false));
    answer(store.await(ticket, awaited, deadline(waitMillis)));
  }

  private void abandon(long ticket, boolean held) {
    if (!held) {
      loop.run(
          () -> {
            store.abandon(ticket);
            answers.forget(ticket);
          });
    }
  }

  private void deliver(List<Write> writes) {
    store.deliver(writes);
    commit();
  }

  private void stable(VersionVector stable) {
    store.stable(stable);
    commit();
  }

  private void retire(Action.Retire retire) {
    store.retire(retire.ended()).forEach(this::answer);
    commit();
  }

  /**
   * Starts the next commit unless one is under way; whatever arrives until it is durable rides in
   * the one after.
   */
  private void commit() {
    if (pendingInstall != null) {
      store.beginInstall(pendingInstall.snapshot()).ifPresent(this::install);
    }
    store
        .begin()
        .ifPresent(
            commit ->
                loop.follow(storage.commit(commit))
                    .onSuccess(durable -> complete())
                    .onFailure(
                        cause -> failStop.stop("commit " + commit.number() + " failed", cause)));
    store.takeRefused().forEach(this::answer);
    dataWatch.look(store.fill(), MonotonicClock.millis());
  }

  /** Reads go on meanwhile, and writes queue for the next commit. */
  private void install(SnapshotInstall install) {
    CompletableFuture<Boolean> installed = pendingInstall.installed();
    pendingInstall = null;
    vertx
        .executeBlocking(install::join)
        .compose(joined -> store.fits(joined) ? installJoined(joined) : dropJoined())
        .onSuccess(installed::complete)
        .onFailure(cause -> failStop.stop("a snapshot cannot be installed", cause));
  }

  private Future<Boolean> installJoined(SnapshotInstall joined) {
    SnapshotInstall.Prepared prepared = joined.prepare();
    return loop.follow(storage.install(prepared))
        .map(
            durable -> {
              release(store.completeInstall(prepared));
              return true;
            });
  }

  private Future<Boolean> dropJoined() {
    store.cancelInstall();
    commit();
    return Future.succeededFuture(false);
  }

  private void complete() {
    release(store.complete());
  }

  private void release(Store.Applied applied) {
    localBus.applied(applied.commit());
    tellOfLateWrites();
    applied.answers().forEach(this::answer);
    commit();
  }

  /** The first one, and then each time they have doubled. */
  private void tellOfLateWrites() {
    if (store.lateWrites() >= nextLateWarning) {
      nextLateWarning = 2 * store.lateWrites();
      LOG.warn(
          "{} writes so far had not seen a delete that every member had applied, and count as later than it: their nodes wrote before they met this cluster",
          store.lateWrites());
    }
  }

  private void answer(Answer answer) {
    answers.answer(answer);
    armDeadline();
  }

  /** One timer for the next deadline; none while nothing is parked. */
  private void armDeadline() {
    store
        .nextDeadlineMillis()
        .ifPresent(
            next -> {
              if (next < armedMillis) {
                armedMillis = next;
                vertx.setTimer(Math.max(1, next - MonotonicClock.millis()), id -> expire());
              }
            });
  }

  private void expire() {
    armedMillis = Long.MAX_VALUE;
    store.expire(MonotonicClock.millis()).forEach(this::answer);
    armDeadline();
  }

  private static long deadline(long waitMillis) {
    return MonotonicClock.millis() + waitMillis;
  }
}
