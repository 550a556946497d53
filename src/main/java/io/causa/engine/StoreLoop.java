package io.causa.engine;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.core.DataFill;
import io.causa.core.Proposal;
import io.causa.core.ReadView;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.KeyStates;
import io.causa.core.store.Store;
import io.causa.core.store.StoreLimits;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.StoreView;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.membership.Retirement;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.storage.Recovered;
import io.causa.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clock and store state: drives {@link Store} through stamp, commit and apply.
 *
 * <p>A turn takes requests, remote writes and what became durable; then it begins one commit. What
 * arrives until that is durable shares the next one (group commit). A commit that is durable at
 * once, as in memory, is applied and answered in the same turn. Answers leave before the other
 * loops hear of the commit.
 */
public final class StoreLoop {

  private static final Logger LOG = LoggerFactory.getLogger(StoreLoop.class);
  private static final long TRANSFER_CHECK_MILLIS = 1000;

  /** Who hears how far this node has come; each is told once a turn. */
  interface Downstream {
    void applied(VersionVector applied);
  }

  private final Host host;
  private final Storage storage;
  private final Observer observer;
  private final KeyStates states;
  private final Store store;
  private final StoreRequests requests;
  private final HeldByName held;
  private final StoreSnapshots snapshots;
  private final Deadline deadline;
  private final DataWatch dataWatch = new DataWatch();
  private final Turns turns;
  private final Mailbox fromEdge;
  private final Mailbox fromDelivery;
  private final Mailbox fromReplication;
  private final Mailbox fromDisk;
  private final Mailbox.Slot<VersionVector> stable;
  private List<Downstream> downstream = List.of();
  private FeedLoop feed;
  private VersionVector announced;
  private boolean committing;
  private long nextLateWarning = 1;

  StoreLoop(Host host, Storage storage, StoreLimits limits, TurnLimits turn, Observer observer) {
    Recovered recovered = storage.recovered();
    long session = storage.incarnation().session();
    this.host = host;
    this.storage = storage;
    this.observer = observer;
    this.states =
        new KeyStates(
            recovered.applied(), recovered.states(), recovered.floor(), observer::beforeChange);
    this.store = new Store(recovered.self(), states, recovered.lamport(), limits, false);
    this.turns = new Turns(host, LoopName.STORE, turn, this::act);
    this.requests = new StoreRequests(states, session, turns::nowMillis);
    this.held = new HeldByName(store, requests, session, turns::nowMillis, observer);
    this.announced = recovered.applied();
    this.fromEdge = turns.mailbox("edge");
    this.fromDelivery = turns.mailbox("delivery");
    this.fromReplication = turns.mailbox("replication");
    this.fromDisk = turns.mailbox("disk");
    this.stable = fromReplication.slot(store::stable);
    this.snapshots = new StoreSnapshots(host, storage, store, fromDisk);
    this.deadline = new Deadline(turns, this::expire);
  }

  /** Sets who hears of commits; before the loop opens. */
  void connect(FeedLoop feedLoop, Downstream... others) {
    feed = feedLoop;
    downstream = List.of(others);
  }

  void open(Loop loop) {
    if (turns.open(loop)) {
      dataWatch.look(store.fill(), turns.nowMillis());
      turns.after(TRANSFER_CHECK_MILLIS, this::expireTransfers);
    }
  }

  /** What clients were told is held ends here, unless its context has come. */
  void close() {
    turns.close();
    int waiting = store.held().waiting();
    if (waiting > 0) {
      LOG.warn(
          "{} held writes end with this run of the node: what they wait for has not arrived here",
          waiting);
    }
  }

  /** Returns what is readable now; any thread may read it. */
  public ReadView view() {
    return states;
  }

  /** Returns what the data occupies, in bytes; any thread may ask. */
  long dataBytes() {
    return states.dataBytes();
  }

  /** Returns what the data occupies and may occupy, on the store's loop. */
  public DataFill fill() {
    return store.fill();
  }

  /** Returns whether writes of the peers are taken in; any thread may ask. */
  public boolean takesIn() {
    return dataWatch.takesIn();
  }

  /**
   * Stamps, commits and applies a write once its context is covered here. Any thread may ask.
   *
   * @param reply is told the outcome, on the store's loop
   */
  public Pending write(WriteRequest request, Consumer<Outcome<Dot>> reply) {
    Question question = new Question();
    fromEdge.offer(request.sizeBytes(), () -> question.ticket = take(request, reply));
    return request.held() ? () -> {} : question;
  }

  /**
   * Reads several keys, or a page of keys, as one causal snapshot once the context is covered here.
   * Any thread may ask.
   *
   * @param reply is told the outcome, on the store's loop
   */
  public Pending read(ReadRequest request, Consumer<Outcome<Snapshot>> reply) {
    return onceCovered(request.context(), request.waitMillis(), requests.read(request, reply));
  }

  /**
   * Waits until the context is covered here. Any thread may ask.
   *
   * @param waitMillis how long to wait at the most
   * @param reply is told the outcome, on the store's loop
   */
  public Pending await(VersionVector context, long waitMillis, Consumer<Outcome<Void>> reply) {
    return onceCovered(context, waitMillis, requests.await(reply));
  }

  private Pending onceCovered(VersionVector context, long waitMillis, StoreRequests.Asked asked) {
    Question question = new Question();
    fromEdge.offer(
        () -> {
          question.ticket = requests.add(asked);
          answer(store.await(question.ticket, context, turns.nowMillis() + waitMillis));
        });
    return question;
  }

  /** Asks about the held writes by their names. Any thread may ask; it is answered on the loop. */
  public void held(Consumer<HeldByName> question) {
    fromEdge.offer(() -> question.accept(held));
  }

  /**
   * Asks what the store does. Any thread may ask; it is answered on the loop.
   *
   * @param list how many held writes to name
   */
  public void view(int list, Consumer<StoreView> reply) {
    fromEdge.offer(() -> reply.accept(look(list)));
  }

  /**
   * Looks at what the store does, on its loop.
   *
   * @param list how many held writes to name
   */
  public StoreView look(int list) {
    return new StoreView(
        store.lamport(),
        store.conflicts(),
        store.conflictsSeen(),
        store.parkedRequests(),
        held.page(Optional.empty(), list),
        store.held().reserved(),
        requests.expiredHeld(),
        store.tombstones(),
        store.lateWrites(),
        store.serving(),
        store.fill(),
        !committing && !snapshots.isUnderWay());
  }

  /** Asks how many own writes are applied here, after all that was asked before. */
  void ownWrites(LongConsumer reply) {
    fromEdge.offer(() -> reply.accept(states.applied().get(storage.recovered().self())));
  }

  /** Remote writes that became deliverable, in causal order. */
  void deliver(List<Write> writes) {
    fromDelivery.offer(sizeBytes(writes), () -> store.deliver(writes));
  }

  /** Notes up to where writes are causally stable. */
  void stable(VersionVector now) {
    stable.offer(now);
  }

  /** Nothing waits for the lost writes of generations any more. */
  void retire(Retirement ended) {
    fromReplication.offer(() -> store.retire(ended).forEach(this::answer));
  }

  /** The own vector may have these bases; see {@link Store#raise}. */
  void raise(VersionVector bases) {
    fromReplication.offer(() -> store.raise(bases));
  }

  /** Own writes may be stamped from now on: what had to wait for that goes on. */
  void mayStamp() {
    fromReplication.offer(store::mayStamp);
  }

  /** Reads a slice of a snapshot for a peer; the reply is told on the store's loop. */
  void readSnapshot(ReadSnapshot wanted, Consumer<SnapshotTransfers.Reply> reply) {
    fromReplication.offer(() -> reply.accept(snapshots.slice(wanted, turns.nowMillis())));
  }

  /**
   * Installs a peer's snapshot, one at a time.
   *
   * @param installed is told, on the store's loop, true once the snapshot is durable and readable;
   *     false if the data would not fit then
   */
  void install(ReplicaSnapshot snapshot, Consumer<Boolean> installed) {
    fromReplication.offer(() -> snapshots.wanted(snapshot, installed));
  }

  private long take(WriteRequest request, Consumer<Outcome<Dot>> reply) {
    long nowMillis = turns.nowMillis();
    long deadlineMillis = nowMillis + request.waitMillis();
    long ticket =
        requests.add(request.held() ? requests.heldWrite(request, reply) : requests.write(reply));
    Proposal proposal = new Proposal(ticket, request.mutations(), host.wallMillis());
    Optional<Answer> answer =
        request.held()
            ? store.hold(proposal, request.context(), nowMillis, deadlineMillis)
            : store.write(proposal, request.context(), deadlineMillis);
    answer.ifPresent(this::answer);
    return ticket;
  }

  private void abandon(long ticket) {
    store.abandon(ticket);
    requests.forget(ticket);
  }

  /** The end of a turn: one commit, then the news. */
  private void act() {
    snapshots.begin(this::installed);
    if (!committing) {
      store.begin().ifPresent(this::commit);
      store.takeRefused().forEach(this::answer);
    }
    dataWatch.look(store.fill(), turns.nowMillis());
    deadline.arm(store.nextDeadlineMillis());
    announce();
  }

  private void commit(Commit commit) {
    CompletableFuture<Void> durable = storage.commit(commit).toCompletableFuture();
    if (durable.isDone() && !durable.isCompletedExceptionally()) {
      release(store.complete());
      return;
    }
    committing = true;
    durable.whenComplete((done, failure) -> fromDisk.offer(() -> committed(commit, failure)));
  }

  private void committed(Commit commit, Throwable failure) {
    if (failure != null) {
      host.fail("commit " + commit.number() + " failed", failure);
      return;
    }
    committing = false;
    release(store.complete());
  }

  private void installed(Store.Applied applied) {
    observer.installed(applied.commit());
    follow(applied);
    // Replication must know what is here before it hears that the snapshot is installed.
    announce();
  }

  private void release(Store.Applied applied) {
    observer.applied(applied.commit());
    follow(applied);
  }

  /** What was released may be committed at once: another turn follows then. */
  private void follow(Store.Applied applied) {
    applied.answers().forEach(this::answer);
    feed.applied(applied.commit());
    warnOfLateWrites();
    if (store.hasWork()) {
      turns.again();
    }
  }

  private void announce() {
    VersionVector applied = states.applied();
    if (applied != announced) {
      announced = applied;
      downstream.forEach(each -> each.applied(applied));
    }
  }

  /** The first one, and then each time they have doubled. */
  private void warnOfLateWrites() {
    if (store.lateWrites() >= nextLateWarning) {
      nextLateWarning = 2 * store.lateWrites();
      LOG.warn(
          "{} writes so far had not seen a delete that every member had applied, and count as later than it: their nodes wrote before they met this cluster",
          store.lateWrites());
    }
  }

  private void answer(Answer answer) {
    observer.answered(answer);
    requests.answer(answer);
  }

  private void expire() {
    store.expire(turns.nowMillis()).forEach(this::answer);
  }

  private void expireTransfers() {
    store.expireTransfers(turns.nowMillis());
    turns.after(TRANSFER_CHECK_MILLIS, this::expireTransfers);
  }

  private static long sizeBytes(List<Write> writes) {
    long bytes = 0;
    for (Write write : writes) {
      bytes += write.sizeBytes();
    }
    return bytes;
  }

  /** A request on its way to the store; its ticket is the loop's. */
  private final class Question implements Pending {
    private long ticket;

    @Override
    public void abandon() {
      fromEdge.offer(() -> StoreLoop.this.abandon(ticket));
    }
  }
}
