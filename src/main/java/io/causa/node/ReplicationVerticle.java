package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Roster;
import io.causa.node.bus.FaultyTransport;
import io.causa.node.config.NodeConfig;
import io.causa.node.port.AcksPort;
import io.causa.node.port.MembersPort;
import io.causa.replication.Action;
import io.causa.replication.Actions;
import io.causa.replication.ReplicationSettings;
import io.causa.replication.Replicator;
import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.Receipt;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To the peers: drives {@link Replicator} with messages, commits and time, and does what it says.
 *
 * <p>Owns its event loop. It is the only verticle that sends to peers.
 */
final class ReplicationVerticle extends VerticleBase implements AcksPort, MembersPort {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicationVerticle.class);
  private static final long TICK_MILLIS = 50;

  private final NodeIdentity identity;
  private final MessageAdmission admission;
  private final Storage storage;
  private final FaultyTransport transport;
  private final LocalBus localBus;
  private final FailStop failStop;
  private final Replicator replicator;
  private final RosterKeeper rosterKeeper;
  private final StandingKeeper standingKeeper;
  private final Registrations registrations;
  private final SnapshotExchange snapshots;
  private final PeerWaits waits;
  private final Actions actions = new Carried();
  private final Promise<Void> ready = Promise.promise();
  private long ownWrites;
  private volatile boolean lacksRoom;
  private Loop loop;

  /**
   * @param http where clients reach this node
   */
  ReplicationVerticle(
      NodeIdentity identity,
      String http,
      Storage storage,
      StoreVerticle store,
      NodeConfig.Replication settings,
      MessageAdmission admission,
      FaultyTransport transport,
      LocalBus localBus,
      FailStop failStop) {
    this.identity = identity;
    this.admission = admission;
    this.storage = storage;
    this.transport = transport;
    this.localBus = localBus;
    this.failStop = failStop;
    this.rosterKeeper = new RosterKeeper(identity.self(), storage, failStop);
    this.replicator =
        new Replicator(
            identity.self(),
            http,
            settings(settings),
            storage.recovered().applied(),
            storage.trimmed(),
            storage.roster(),
            storage.incarnation(),
            store.snapshotRoom());
    this.standingKeeper = new StandingKeeper(identity.self(), http, storage, failStop);
    this.registrations = new Registrations(transport);
    this.snapshots = new SnapshotExchange(replicator, store, failStop, this::act);
    this.waits = new PeerWaits(replicator);
    this.ownWrites = storage.recovered().applied().get(identity.self());
  }

  @Override
  public Future<?> start() {
    loop = new Loop(vertx, context);
    failStop.guard(context, "replication");
    localBus.onApplied(this::applied);
    localBus.onReceived(this::received);
    transport.onUnsent(peer -> replicator.unsent(peer, MonotonicClock.millis()));
    vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    return transport.onControl(this::hear);
  }

  /**
   * Begins to talk to the peers, once this node hears them.
   *
   * @param otherMembers how many other members the cluster has
   */
  void begin(int otherMembers) {
    loop.run(
        () -> {
          replicator.start(otherMembers, MonotonicClock.millis());
          act();
        });
  }

  /** Completes when clients may be served. */
  Future<Void> ready() {
    return ready.future();
  }

  @Override
  public Future<Integer> await(Dot version, int peers, long waitMillis) {
    return loop.ask(
        reached -> {
          waits.awaitAcks(version.sequence(), peers, waitMillis, reached);
          act();
        });
  }

  @Override
  public Future<ForgetOutcome> forget(String name) {
    return loop.ask(
        answer -> {
          ForgetOutcome decided = replicator.forget(name, MonotonicClock.millis());
          rosterKeeper.answer(decided, replicator.roster(), answer);
          act();
        });
  }

  @Override
  public Future<RetireOutcome> retire(Replica former) {
    return loop.ask(
        answer -> {
          RetireOutcome decided = replicator.retire(former, MonotonicClock.millis());
          rosterKeeper.answer(decided, replicator.roster(), answer);
          act();
        });
  }

  /** Completes when every live peer has applied the own writes of this vector. */
  Future<Void> pushed(VersionVector applied) {
    return loop.ask(pushed -> waits.awaitPush(applied.get(identity.self()), pushed));
  }

  Future<ReplicationFigures> figures() {
    return loop.compute(() -> ReplicationFigures.of(replicator, identity.self(), ownWrites));
  }

  /** Whether a snapshot is needed for which there is no room; any thread may ask. */
  boolean lacksRoom() {
    return lacksRoom;
  }

  List<LinkFaultRule> faults() {
    return transport.rules();
  }

  void setFaults(List<LinkFaultRule> rules) {
    loop.run(() -> transport.setRules(rules));
  }

  private void hear(Channel channel, PeerMessage message) {
    if (!admission.admits(message, replicator::forgery)) {
      return;
    }
    identity.known().add(message.sender());
    if (message instanceof Digest digest) {
      identity.known().addAll(digest.applied());
    }
    replicator.hear(channel, message, MonotonicClock.millis());
    act();
  }

  private void received(LocalBus.Received received) {
    replicator.receivedBatch(
        new Receipt(received.received(), received.behindGaps()),
        received.sender(),
        received.pulled(),
        MonotonicClock.millis());
    act();
  }

  private void applied(Commit commit) {
    identity.known().addAll(commit.after());
    ownWrites = commit.after().get(identity.self());
    replicator.trimmed(storage.trimmed());
    replicator.applied(commit.after(), MonotonicClock.millis());
    act();
  }

  private void tick() {
    long now = MonotonicClock.millis();
    replicator.tick(now);
    act();
    waits.lookForPushed();
    lacksRoom = replicator.lacksRoom();
    snapshots.logProgress(now);
  }

  private void act() {
    for (Action action : replicator.takeActions()) {
      action.carryOut(actions);
    }
  }

  private void read(Action.ReadLog read) {
    loop.follow(storage.read(read.origin(), read.from(), read.to(), read.maxBytes()))
        .onSuccess(
            writes -> {
              replicator.logRead(read, writes, storage.trimmed(), MonotonicClock.millis());
              act();
            })
        .onFailure(cause -> failStop.stop("the log cannot be read: " + read, cause));
  }

  private void rosterKept(Roster roster) {
    LOG.info("the members are {}", roster);
    replicator.rosterKept(roster, MonotonicClock.millis());
    rosterKeeper.answerDurable(roster);
    act();
  }

  private void noted(Action.NoteStanding note) {
    replicator.standingNoted(note, MonotonicClock.millis());
    act();
  }

  private static ReplicationSettings settings(NodeConfig.Replication config) {
    return new ReplicationSettings(
        config.batchBytes(),
        config.windowBytes(),
        config.sendTimeoutMillis(),
        config.maxBackoffMillis(),
        config.digestIntervalMillis(),
        config.presenceIntervalMillis(),
        config.pullAfterMillis(),
        config.pullTimeoutMillis(),
        config.pullBytes(),
        config.silentAfterMillis(),
        config.readyTimeoutMillis());
  }

  private final class Carried implements Actions {

    @Override
    public void send(String peer, PeerMessage message) {
      transport.send(peer, message);
    }

    @Override
    public void broadcast(Presence message) {
      transport.broadcast(message);
    }

    @Override
    public void readLog(Action.ReadLog read) {
      ReplicationVerticle.this.read(read);
    }

    @Override
    public void readSnapshot(Action.ReadSnapshot read) {
      snapshots.read(read);
    }

    @Override
    public void installSnapshot(Action.InstallSnapshot install) {
      snapshots.install(install);
    }

    @Override
    public void acked(Action.Acked answer) {
      waits.answer(answer);
    }

    @Override
    public void stable(VersionVector stable) {
      localBus.stable(stable);
    }

    @Override
    public void confirmed() {
      localBus.confirmed();
    }

    @Override
    public void ready(String warning) {
      if (!warning.isEmpty()) {
        LOG.warn("serving clients without having caught up: {}", warning);
      }
      ready.complete();
    }

    @Override
    public void keepRoster(Roster roster) {
      rosterKeeper.keep(roster, loop, ReplicationVerticle.this::rosterKept);
    }

    @Override
    public void retire(Action.Retire retire) {
      identity.known().retire(retire.ended().last());
      localBus.retired(retire);
    }

    @Override
    public void noteStanding(Action.NoteStanding note) {
      standingKeeper.note(note, loop, ReplicationVerticle.this::noted);
    }

    @Override
    public void expelled(Action.Expelled expelled) {
      rosterKeeper.expel(expelled, loop);
    }

    @Override
    public void abandoned(Action.Abandoned abandoned) {
      rosterKeeper.refuse(abandoned);
    }

    @Override
    public void olderCopy(Action.OlderCopy found) {
      standingKeeper.stop(found, loop);
    }

    @Override
    public void collision(Action.Collision found) {
      standingKeeper.stop(found);
    }

    @Override
    public void checkRegistrations() {
      registrations.check(loop, replicator::registered);
    }

    @Override
    public void renew(String reason) {
      registrations.renew(reason);
    }

    @Override
    public void rejoin(String reason) {
      registrations.rejoin(reason);
    }
  }
}
