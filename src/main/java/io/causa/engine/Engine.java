package io.causa.engine;

import io.causa.clock.ReplicaNames;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Subscribers;
import io.causa.engine.port.Transport;
import io.causa.engine.stop.OrderlyStop;
import io.causa.engine.stop.StopPlan;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action;
import io.causa.replication.Inbox;
import io.causa.replication.Replicator;
import io.causa.storage.Recovered;
import io.causa.storage.Storage;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One replica at work: wires the loops, starts them in an order in which nothing is lost, and stops
 * them in one in which nothing that was promised is.
 *
 * <pre>
 *   clients ─▶ StoreLoop ─▶ ReplicationLoop ─▶ peers
 *                ▲   │ └──▶ FeedLoop ─▶ subscribers
 *                │   ▼
 *   peers ─▶ DeliveryLoop ─▶ ReplicationLoop
 * </pre>
 *
 * <p>The engine has no thread: a {@link Host} runs its loops. A node and the simulation run the
 * same engine.
 *
 * <p>Start: the store's loop and the feed's open; then delivery opens and hears, then replication;
 * then {@link #join} lets this replica call on the others. What a loop is told before it is open
 * waits in its mailbox.
 */
public final class Engine {

  /** Batches that wait for their turn may have half as many bytes as what is buffered. */
  private static final int BATCHES_SHARE = 2;

  /** All other messages that wait for their turn: an eighth. */
  private static final int CONTROL_SHARE = 8;

  private final Host host;
  private final Storage storage;
  private final Transport transport;
  private final EngineSettings settings;
  private final KnownReplicas known;
  private final StoreLoop store;
  private final DeliveryLoop delivery;
  private final ReplicationLoop replication;
  private final FeedLoop feed;
  private final StatusCollector status;
  private final EngineStop stopSteps;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicReference<CompletableFuture<Void>> stopping = new AtomicReference<>();

  /**
   * An engine over opened storage; nothing runs yet.
   *
   * @param bad counts the messages that are dropped
   */
  public Engine(
      EngineSettings settings,
      Storage storage,
      Transport transport,
      Subscribers subscribers,
      Host host,
      BadMessages bad,
      Observer observer) {
    Recovered recovered = storage.recovered();
    this.settings = settings;
    this.storage = storage;
    this.transport = transport;
    this.host = host;
    this.known = new KnownReplicas(recovered.self(), recovered.applied(), storage.roster());
    MessageAdmission admission = new MessageAdmission(known, bad, observer);
    this.store = new StoreLoop(host, storage, settings.store(), settings.turn(), observer);
    Replicator replicator =
        new Replicator(
            recovered.self(),
            settings.http(),
            settings.replication(),
            recovered.applied(),
            storage.trimmed(),
            storage.roster(),
            storage.incarnation(),
            new SnapshotRoom(store.view(), store::dataBytes, settings.store().data()));
    if (!storage.outlivesTheProcess()) {
      replicator.retireOwnFormer();
    }
    this.replication =
        new ReplicationLoop(
            host,
            storage,
            transport,
            replicator,
            settings.http(),
            new ArrivalBudget(settings.buffer().bytes() / CONTROL_SHARE, bad),
            admission,
            known,
            settings.turn(),
            observer);
    this.delivery =
        new DeliveryLoop(
            host,
            inbox(),
            new ArrivalBudget(settings.buffer().bytes() / BATCHES_SHARE, bad),
            settings.turn(),
            admission,
            store,
            replication,
            observer);
    this.feed = new FeedLoop(host, settings.feedBytes(), subscribers, settings.turn());
    store.connect(feed, delivery, replication);
    replication.connect(store, delivery);
    replication.onReady(() -> ready.complete(null));
    this.status = new StatusCollector(store, delivery, replication, feed, storage, known, bad);
    this.stopSteps = new EngineStop(host, storage, store, replication, closings());
  }

  /** What the stored roster orders holds from the first message on. */
  private Inbox inbox() {
    Recovered recovered = storage.recovered();
    Roster roster = storage.roster();
    Inbox inbox =
        new Inbox(
            recovered.self(),
            storage.incarnation().standing(),
            recovered.applied(),
            settings.buffer());
    inbox.retire(new Action.Retire(roster.retirement(), Retirement.of(roster.ended())));
    return inbox;
  }

  private Map<LoopName, Runnable> closings() {
    Map<LoopName, Runnable> closings = new EnumMap<>(LoopName.class);
    closings.put(LoopName.DELIVERY, delivery::close);
    closings.put(LoopName.REPLICATION, replication::close);
    closings.put(LoopName.FEED, feed::close);
    closings.put(LoopName.STORE, store::close);
    return closings;
  }

  /**
   * Opens the loops, those that hear the peers last.
   *
   * @return completes when every node can send to here, and {@link #join} may follow; fails if a
   *     loop cannot be opened, or if the engine was told to stop meanwhile
   */
  public CompletionStage<Void> start() {
    return CompletableFuture.allOf(
            host.open(LoopName.STORE, store::open).toCompletableFuture(),
            host.open(LoopName.FEED, feed::open).toCompletableFuture())
        .thenCompose(open -> listen(LoopName.DELIVERY, delivery::open, delivery::listen))
        .thenCompose(heard -> listen(LoopName.REPLICATION, replication::open, replication::listen));
  }

  private static CancellationException toldToStop() {
    return new CancellationException("the node was told to stop while it started");
  }

  /** A part that hears the network. */
  private interface Listener {
    CompletionStage<Void> listen(Transport transport);
  }

  private CompletableFuture<Void> listen(LoopName name, Predicate<Loop> part, Listener listener) {
    if (isStopping()) {
      return CompletableFuture.failedFuture(toldToStop());
    }
    CompletableFuture<Void> heard = new CompletableFuture<>();
    host.open(
            name,
            loop -> {
              if (part.test(loop)) {
                listener
                    .listen(transport)
                    .whenComplete((done, failure) -> complete(heard, failure));
              } else {
                heard.completeExceptionally(toldToStop());
              }
            })
        .whenComplete(
            (open, failure) -> {
              if (failure != null) {
                heard.completeExceptionally(failure);
              }
            });
    return heard;
  }

  private static void complete(CompletableFuture<Void> future, Throwable failure) {
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(failure);
    }
  }

  /**
   * Begins to talk to the peers.
   *
   * @param otherMembers how many other members the cluster has
   */
  public void join(int otherMembers) {
    replication.join(otherMembers);
  }

  /** Completes, on the replication loop, when clients may be served. */
  public CompletionStage<Void> ready() {
    return ready;
  }

  /** Returns whether clients may be served; any thread may ask. */
  public boolean isReady() {
    return ready.isDone();
  }

  /**
   * Stops in order, step by step, within the time that the settings give: when a step fails or
   * hangs, the later ones are taken all the same. Told again, it is the same stop.
   *
   * @param serving whether clients were served and are to be served until the end; a node that
   *     never did, or whose invariants broke, waits for nobody
   * @return completes on any thread; fails if the storage could not be closed
   */
  public CompletionStage<Void> stop(boolean serving) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    if (stopping.compareAndSet(null, stopped)) {
      OrderlyStop.run(StopPlan.of(serving, settings.stopMillis()), stopSteps, host.clock())
          .thenCompose(over -> stopSteps.requireStorageClosed())
          .whenComplete((closed, failure) -> complete(stopped, failure));
    }
    return stopping.get();
  }

  /** Returns whether the engine was told to stop; any thread may ask. */
  public boolean isStopping() {
    return stopping.get() != null;
  }

  /** Returns whether the writes of the peers fit; any thread may ask. */
  public boolean takesIn() {
    return store.takesIn() && !replication.lacksRoom();
  }

  /** Returns how replicas are written for people, by what is known now; any thread may ask. */
  public ReplicaNames names() {
    return known.names();
  }

  /** Returns where the histories end that have ended, as known now; any thread may ask. */
  public Retirement retirement() {
    return known.retirement();
  }

  /** Asks what the node is doing; it is answered on some loop. */
  public void status(Consumer<NodeStatus> reply) {
    status.collect(reply);
  }

  public StoreLoop store() {
    return store;
  }

  public DeliveryLoop delivery() {
    return delivery;
  }

  public ReplicationLoop replication() {
    return replication;
  }
}
