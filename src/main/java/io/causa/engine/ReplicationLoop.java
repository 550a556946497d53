package io.causa.engine;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Transport;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Retirement;
import io.causa.replication.Action;
import io.causa.replication.Replicator;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.Receipt;
import io.causa.replication.view.PeerView;
import io.causa.replication.view.ReplicatorView;
import io.causa.storage.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Talks to the peers: drives {@link Replicator} with messages, commits and time, and does what it
 * says. No other loop sends to peers.
 *
 * <p>A turn takes what has arrived; then the loop carries out the actions that follow, and those
 * that follow from these.
 */
public final class ReplicationLoop implements StoreLoop.Downstream {

  private static final long TICK_MILLIS = 50;

  private final Replica self;
  private final Storage storage;
  private final ArrivalBudget arrivals;
  private final MessageAdmission admission;
  private final KnownReplicas known;
  private final Replicator replicator;
  private final Observer observer;
  private final PeerWaits waits;
  private final RosterKeeper rosterKeeper;
  private final ReplicationActions actions;
  private final Turns turns;
  private final Mailbox fromNetwork;
  private final Mailbox fromStore;
  private final Mailbox fromDelivery;
  private final Mailbox fromEdge;
  private final Mailbox fromDisk;
  private final Mailbox.Slot<VersionVector> applied;
  private long ownWrites;
  private volatile boolean lacksRoom;

  ReplicationLoop(
      Host host,
      Storage storage,
      Transport transport,
      Replicator replicator,
      String http,
      ArrivalBudget arrivals,
      MessageAdmission admission,
      KnownReplicas known,
      TurnLimits turn,
      Observer observer) {
    this.self = storage.recovered().self();
    this.storage = storage;
    this.arrivals = arrivals;
    this.admission = admission;
    this.known = known;
    this.replicator = replicator;
    this.observer = observer;
    this.ownWrites = storage.recovered().applied().get(self);
    this.turns = new Turns(host, LoopName.REPLICATION, turn, this::act);
    this.fromNetwork = turns.mailbox("network");
    this.fromStore = turns.mailbox("store");
    this.fromDelivery = turns.mailbox("delivery");
    this.fromEdge = turns.mailbox("edge");
    this.fromDisk = turns.mailbox("disk");
    this.applied = fromStore.slot(this::takeApplied);
    this.waits = new PeerWaits(replicator);
    this.rosterKeeper = new RosterKeeper(self, storage, host, fromDisk);
    this.actions =
        new ReplicationActions(
            new ReplicationActions.ReturnPaths(fromStore, fromDisk, fromNetwork),
            storage,
            transport,
            host,
            replicator,
            waits,
            rosterKeeper,
            new StandingKeeper(self, http, storage, host, fromDisk),
            turns::nowMillis);
  }

  /** Sets who hears of what the replicator decides; before the loop opens. */
  void connect(StoreLoop store, DeliveryLoop delivery) {
    actions.connect(store, delivery, known);
  }

  /** Returns false if the loop is closed already. */
  boolean open(Loop loop) {
    boolean open = turns.open(loop);
    if (open) {
      turns.after(TICK_MILLIS, this::tick);
    }
    return open;
  }

  void close() {
    turns.close();
  }

  /** Begins to hear the peers; to be called on the loop. */
  CompletionStage<Void> listen(Transport transport) {
    transport.onUnsent(peer -> fromNetwork.offer(() -> replicator.unsent(peer, turns.nowMillis())));
    return transport.onControl(this::arrived);
  }

  private void arrived(Channel channel, PeerMessage message) {
    long bytes = arrivals.take(message);
    if (bytes > 0) {
      fromNetwork.offer(bytes, () -> hear(channel, message, bytes));
    }
  }

  /**
   * Begins to talk to the peers, once this node hears them.
   *
   * @param otherMembers how many other members the cluster has
   */
  void join(int otherMembers) {
    fromEdge.offer(() -> replicator.start(otherMembers, turns.nowMillis()));
  }

  /** Sets who is told once when clients may be served; before the loop opens. */
  void onReady(Runnable ready) {
    actions.onReady(ready);
  }

  /**
   * Waits until so many peers have applied a write of this node, too. Any thread may ask.
   *
   * @param version the write
   * @param peers how many peers, at least 1
   * @param waitMillis how long to wait at the most
   * @param reached is told on the loop how many peers have applied it: fewer than asked for if the
   *     time is up
   */
  public void await(Dot version, int peers, long waitMillis, IntConsumer reached) {
    fromEdge.offer(
        () -> {
          long deadlineMillis = turns.nowMillis() + waitMillis;
          waits.awaitAcks(version.sequence(), peers, deadlineMillis, reached);
        });
  }

  /**
   * Takes a member out of the cluster for good. Any thread may ask.
   *
   * @param name of whom the latest generation is meant
   * @param reply is told the outcome on the loop, once it is durable here
   */
  public void forget(String name, Consumer<ForgetOutcome> reply) {
    fromEdge.offer(
        () -> {
          ForgetOutcome decided = replicator.forget(name, turns.nowMillis());
          rosterKeeper.answer(decided, replicator.roster(), reply);
        });
  }

  /**
   * Closes the history of a generation that is no member any more. Any thread may ask.
   *
   * @param reply is told the outcome on the loop, once it is durable here
   */
  public void retire(Replica former, Consumer<RetireOutcome> reply) {
    fromEdge.offer(
        () -> {
          RetireOutcome decided = replicator.retire(former, turns.nowMillis());
          rosterKeeper.answer(decided, replicator.roster(), reply);
        });
  }

  /**
   * Waits until every live peer has applied the own writes up to this sequence. Any thread may ask.
   *
   * @param pushed is run on the loop
   */
  void pushed(long sequence, Runnable pushed) {
    fromEdge.offer(
        () ->
            waits.awaitPush(
                sequence,
                turns.nowMillis(),
                () -> {
                  observer.pushed(sequence);
                  pushed.run();
                }));
  }

  /** Asks what is known of the peers. Any thread may ask; it is answered on the loop. */
  public void view(Consumer<ReplicatorView> reply) {
    fromEdge.offer(() -> reply.accept(look()));
  }

  /** Looks at what is known of the peers, on the loop. */
  public ReplicatorView look() {
    return replicator.view(turns.nowMillis());
  }

  /** Returns how many own writes are applied here, as far as this loop has heard; on the loop. */
  long ownWrites() {
    return ownWrites;
  }

  /** Asks which peers lack own writes, and how many; it is answered on the loop. */
  void lagging(Consumer<Map<PeerView, Long>> reply) {
    fromEdge.offer(() -> reply.accept(lagging()));
  }

  private Map<PeerView, Long> lagging() {
    Map<PeerView, Long> lagging = new LinkedHashMap<>();
    for (PeerView peer : look().peers()) {
      long lag = ownWrites - peer.applied().get(self);
      if (lag > 0) {
        lagging.put(peer, lag);
      }
    }
    return lagging;
  }

  /** Returns whether a snapshot is needed for which there is no room; any thread may ask. */
  boolean lacksRoom() {
    return lacksRoom;
  }

  /** Lets a task run on this loop, which alone sends. Any thread may ask. */
  void run(Runnable task) {
    fromEdge.offer(task);
  }

  /** A commit is durable and visible, and this is applied now. */
  @Override
  public void applied(VersionVector now) {
    applied.offer(now);
  }

  /** The causal buffer has taken in batches, which are acknowledged at once. */
  void received(Receipt receipt, Set<DeliveryLoop.Arrival> arrivals) {
    fromDelivery.offer(
        () -> {
          for (DeliveryLoop.Arrival arrival : arrivals) {
            replicator.receivedBatch(
                receipt, arrival.sender(), arrival.pulled(), turns.nowMillis());
          }
        });
  }

  /** The causal buffer takes in nothing any more that is behind this. */
  void excludes(Retirement now, Receipt receipt) {
    fromDelivery.offer(() -> replicator.excludes(now, receipt, turns.nowMillis()));
  }

  private void hear(Channel channel, PeerMessage message, long bytes) {
    arrivals.giveBack(bytes);
    if (admission.admits(message, replicator::forgery)) {
      if (message instanceof Digest digest) {
        known.heard(digest);
      }
      replicator.hear(channel, message, turns.nowMillis());
    }
  }

  private void takeApplied(VersionVector now) {
    known.addAll(now);
    ownWrites = now.get(self);
    replicator.trimmed(storage.trimmed());
    replicator.applied(now, turns.nowMillis());
  }

  private void tick() {
    long nowMillis = turns.nowMillis();
    replicator.tick(nowMillis);
    waits.lookForPushed(nowMillis);
    lacksRoom = replicator.lacksRoom();
    actions.logProgress(nowMillis);
    turns.after(TICK_MILLIS, this::tick);
  }

  /** What is done may answer at once, and so make further actions. */
  private void act() {
    List<Action> next = replicator.takeActions();
    do {
      for (Action action : next) {
        observer.acts(action);
        action.carryOut(actions);
      }
      actions.takeAnswers();
      next = replicator.takeActions();
    } while (!next.isEmpty());
  }
}
