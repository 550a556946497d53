package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.ReplicaSnapshot;
import io.causa.core.Roster;
import io.causa.node.bus.FaultyTransport;
import io.causa.node.config.NodeConfig;
import io.causa.node.port.AcksPort;
import io.causa.node.port.ForgetOutcome;
import io.causa.node.port.MembersPort;
import io.causa.node.port.NodeStatus;
import io.causa.replication.Action;
import io.causa.replication.Channel;
import io.causa.replication.Forgetting;
import io.causa.replication.GenerationView;
import io.causa.replication.HearingView;
import io.causa.replication.LinkFaultRule;
import io.causa.replication.MemberView;
import io.causa.replication.OwnPast;
import io.causa.replication.PeerMessage;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.Presence;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.SnapshotMessage;
import io.causa.replication.PeerView;
import io.causa.replication.Receipt;
import io.causa.replication.ReplicationSettings;
import io.causa.replication.Replicator;
import io.causa.replication.SnapshotProgress;
import io.causa.storage.Standing;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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
  private static final long LOG_PROGRESS_MILLIS = 5000;

  /** What is known of the peers, for {@code /status}. */
  record Figures(
      List<NodeStatus.Peer> peers,
      List<MemberView> members,
      List<GenerationView> generations,
      Optional<SnapshotProgress> snapshot,
      String notReady,
      VersionVector stable,
      List<Replica> waitingFor,
      HearingView hearing) {}

  private final NodeIdentity identity;
  private final String http;
  private final Storage storage;
  private final StoreVerticle store;
  private final FaultyTransport transport;
  private final LocalBus localBus;
  private final FailStop failStop;
  private final Replicator replicator;
  private final RosterKeeper rosterKeeper;
  private final Promise<Void> ready = Promise.promise();
  private final Map<Long, CompletableFuture<Integer>> askedForAcks = new HashMap<>();
  private final Map<CompletableFuture<Void>, Long> awaitedPushes = new HashMap<>();
  private long tickets;
  private long ownWrites;
  private long progressLoggedMillis = -LOG_PROGRESS_MILLIS;
  private Loop loop;

  /**
   * @param session larger at each start of this node
   * @param http where clients reach this node
   */
  ReplicationVerticle(
      NodeIdentity identity,
      long session,
      String http,
      Storage storage,
      OwnPast past,
      StoreVerticle store,
      NodeConfig.Replication settings,
      FaultyTransport transport,
      LocalBus localBus,
      FailStop failStop) {
    this.identity = identity;
    this.http = http;
    this.storage = storage;
    this.store = store;
    this.transport = transport;
    this.localBus = localBus;
    this.failStop = failStop;
    this.rosterKeeper = new RosterKeeper(identity.self(), storage, failStop);
    this.replicator =
        new Replicator(
            identity.self(),
            session,
            http,
            settings(settings),
            storage.recovered().applied(),
            storage.trimmed(),
            storage.roster(),
            past);
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
          askedForAcks.put(++tickets, reached);
          long deadlineMillis = MonotonicClock.millis() + waitMillis;
          replicator.awaitAcks(tickets, version.sequence(), peers, deadlineMillis);
          act();
        });
  }

  @Override
  public Future<ForgetOutcome> forget(String name) {
    return loop.ask(
        answer -> {
          Forgetting decided = replicator.forget(name, MonotonicClock.millis());
          rosterKeeper.answer(decided, replicator.roster(), answer);
          act();
        });
  }

  /** Completes when every live peer has applied the own writes of this vector. */
  Future<Void> pushed(VersionVector applied) {
    return loop.ask(
        pushed -> {
          awaitedPushes.put(pushed, applied.get(identity.self()));
          lookForPushed();
        });
  }

  Future<Figures> figures() {
    return loop.compute(
        () -> {
          long nowMillis = MonotonicClock.millis();
          return new Figures(
              replicator.peers(nowMillis).stream().map(this::peer).toList(),
              replicator.members(nowMillis),
              replicator.generations(),
              replicator.snapshotProgress(),
              replicator.notReady(),
              replicator.stable(),
              List.copyOf(replicator.waitingFor()),
              replicator.hearing(nowMillis));
        });
  }

  List<LinkFaultRule> faults() {
    return transport.rules();
  }

  void setFaults(List<LinkFaultRule> rules) {
    loop.run(() -> transport.setRules(rules));
  }

  private void hear(Channel channel, PeerMessage message) {
    long now = MonotonicClock.millis();
    replicator.heard(channel, message.sender());
    identity.known().add(message.sender());
    if (message instanceof Digest digest) {
      identity.known().addAll(digest.applied());
      replicator.digest(digest, now);
    } else if (message instanceof Presence presence) {
      replicator.presence(presence, now);
    } else if (message instanceof Pull pull) {
      replicator.pull(pull, now);
    } else if (message instanceof SnapshotMessage ofSnapshot) {
      replicator.snapshot(ofSnapshot, now);
    }
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
    lookForPushed();
    logProgress(now);
  }

  private void lookForPushed() {
    long now = MonotonicClock.millis();
    awaitedPushes
        .entrySet()
        .removeIf(
            awaited ->
                replicator.isPushed(awaited.getValue(), now) && awaited.getKey().complete(null));
  }

  private void act() {
    for (Action action : replicator.takeActions()) {
      act(action);
    }
  }

  private void act(Action action) {
    if (action instanceof Action.Send send) {
      transport.send(send.peer(), send.message());
    } else if (action instanceof Action.ReadLog read) {
      read(read);
    } else if (action instanceof Action.KeepRoster change) {
      rosterKeeper.keep(change.roster(), loop, this::rosterKept);
    } else if (action instanceof Action.Expelled expelled) {
      rosterKeeper.expel(expelled, loop);
    } else if (action instanceof Action.Stable now) {
      localBus.stable(now.stable());
    } else if (action instanceof Action.Broadcast broadcast) {
      transport.broadcast(broadcast.message());
    } else if (action instanceof Action.CheckRegistrations) {
      checkRegistrations();
    } else if (action instanceof Action.Renew renew) {
      cure("registering anew with the cluster", renew.reason(), transport::renew);
    } else if (action instanceof Action.Rejoin rejoin) {
      cure("leaving the cluster and joining it again", rejoin.reason(), transport::rejoin);
    } else if (action instanceof Action.Acked acked) {
      askedForAcks.remove(acked.ticket()).complete(acked.peers());
    } else if (action instanceof Action.ReadSnapshot wanted) {
      read(wanted);
    } else if (action instanceof Action.InstallSnapshot complete) {
      install(complete);
    } else if (action instanceof Action.Ready now) {
      becomeReady(now.warning());
    } else if (action instanceof Action.NoteDoubt note) {
      note(note);
    } else if (action instanceof Action.Confirmed) {
      localBus.confirmed();
    } else if (action instanceof Action.OlderCopy found) {
      stopAsOlderCopy(found);
    } else if (action instanceof Action.Collision collision) {
      failStop.stop("two nodes with one name", collision(collision));
    }
  }

  private void checkRegistrations() {
    loop.follow(transport.registered().toCompletionStage())
        .onFailure(cause -> LOG.debug("the cluster does not tell the registrations", cause))
        .otherwise(Set.of())
        .onSuccess(replicator::registered);
  }

  private static void cure(String what, String reason, Supplier<Future<Void>> cure) {
    LOG.warn("{}: {}", what, reason);
    cure.get().onFailure(cause -> LOG.warn("{} failed", what, cause));
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

  private void note(Action.NoteDoubt note) {
    Standing standing = note.doubted() ? Standing.doubted(note.trusted()) : Standing.TRUSTED;
    loop.follow(storage.stand(standing))
        .onSuccess(
            noted -> {
              LOG.info("{}", doubt(note));
              replicator.doubtNoted(note, MonotonicClock.millis());
              act();
            })
        .onFailure(
            cause -> failStop.stop("the standing of the data cannot be noted: " + standing, cause));
  }

  private static String doubt(Action.NoteDoubt note) {
    return note.doubted()
        ? "no peer has confirmed yet that the data here is the latest: writes taken from now on are durable, and leave this node when one has"
        : "the peers know nothing later of this node's own writes than its data does: all of them may leave";
  }

  private void read(Action.ReadSnapshot wanted) {
    store
        .snapshotSlice(wanted)
        .onSuccess(
            reply -> {
              replicator.snapshotRead(wanted, reply);
              act();
            })
        .onFailure(cause -> failStop.stop("no snapshot can be read: " + wanted, cause));
  }

  private void install(Action.InstallSnapshot complete) {
    ReplicaSnapshot snapshot = complete.snapshot();
    LOG.info(
        "installing the snapshot of {} at {}: {} keys",
        complete.source(),
        snapshot.instant().vector(),
        snapshot.entries().size());
    store
        .install(snapshot)
        .onSuccess(
            installed -> {
              LOG.info("the snapshot of {} is installed", complete.source());
              replicator.snapshotInstalled(MonotonicClock.millis());
              act();
            })
        .onFailure(cause -> failStop.stop("a snapshot cannot be installed", cause));
  }

  /** A transfer may take minutes: whoever reads the log sees that it goes on. */
  private void logProgress(long nowMillis) {
    Optional<SnapshotProgress> progress = replicator.snapshotProgress();
    if (progress.isPresent() && nowMillis - progressLoggedMillis >= LOG_PROGRESS_MILLIS) {
      progressLoggedMillis = nowMillis;
      LOG.info("what is missing here is in nobody's log; {}", progress.get());
    }
  }

  private void becomeReady(String warning) {
    if (!warning.isEmpty()) {
      LOG.warn("serving clients without having caught up: {}", warning);
    }
    ready.complete();
  }

  /** The next start finds what the data is worth, and goes on as a new generation. */
  private void stopAsOlderCopy(Action.OlderCopy found) {
    Standing standing =
        found.spread() ? Standing.forked(found.trusted()) : Standing.renounced(found.trusted());
    loop.follow(storage.stand(standing))
        .onSuccess(noted -> failStop.stop("the data is an older copy of itself", olderCopy(found)))
        .onFailure(
            cause ->
                failStop.stop(
                    "the data is an older copy of itself, and that could not be noted in it",
                    cause));
  }

  private Throwable olderCopy(Action.OlderCopy found) {
    String what =
        "%s has %d writes of %s, of which the data here held only %d when it was opened. "
            .formatted(found.peer(), found.there(), identity.self(), found.trusted());
    return found.spread()
        ? new IllegalStateException(
            what
                + "Writes with the same names have left this node since; move its data away and start it with an empty directory")
        : new RenouncedException(
            what
                + "Started again, the node is a new generation, gets the missing writes from its peers, and loses none of its own");
  }

  private Throwable collision(Action.Collision collision) {
    return new IllegalStateException(
        "%s at %s cannot run: %s at %s, started earlier, lives under the same name. Give this node another --id and a data directory of its own, or stop the other one"
            .formatted(identity.self(), http, collision.other(), collision.http()));
  }

  private NodeStatus.Peer peer(PeerView view) {
    Replica self = identity.self();
    long applied = view.applied().get(self);
    return new NodeStatus.Peer(
        view.replica(),
        view.http(),
        view.silent(),
        view.heardMillisAgo(),
        view.received().get(self),
        applied,
        ownWrites - applied);
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
}
