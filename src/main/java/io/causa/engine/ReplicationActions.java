package io.causa.engine;

import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.engine.port.Host;
import io.causa.engine.port.Transport;
import io.causa.membership.Roster;
import io.causa.replication.Action;
import io.causa.replication.Actions;
import io.causa.replication.Replicator;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.view.ReplicatorView;
import io.causa.storage.Storage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the {@link Replicator} wants done, and brings the answers back to it.
 *
 * <p>Owner: the replication loop.
 */
final class ReplicationActions implements Actions {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicationActions.class);
  private static final long LOOK_MILLIS = 1000;
  private static final long LOG_PROGRESS_MILLIS = 5000;
  private static final long LOG_NO_ROOM_MILLIS = 60_000;

  /** On which ways answers come back to the loop. */
  record ReturnPaths(Mailbox fromStore, Mailbox fromDisk, Mailbox fromNetwork) {}

  private final ReturnPaths paths;
  private final Storage storage;
  private final Transport transport;
  private final Host host;
  private final Replicator replicator;
  private final PeerWaits waits;
  private final RosterKeeper rosterKeeper;
  private final StandingKeeper standingKeeper;
  private final LongSupplier clock;
  private final Queue<Runnable> answers = new ArrayDeque<>();
  private StoreLoop store;
  private DeliveryLoop delivery;
  private KnownReplicas known;
  private Runnable ready = () -> {};
  private long lookedMillis;
  private long progressLoggedMillis = -LOG_PROGRESS_MILLIS;
  private long noRoomLoggedMillis = -LOG_NO_ROOM_MILLIS;

  /**
   * @param clock the time of the loop, in milliseconds
   */
  ReplicationActions(
      ReturnPaths paths,
      Storage storage,
      Transport transport,
      Host host,
      Replicator replicator,
      PeerWaits waits,
      RosterKeeper rosterKeeper,
      StandingKeeper standingKeeper,
      LongSupplier clock) {
    this.paths = paths;
    this.storage = storage;
    this.transport = transport;
    this.host = host;
    this.replicator = replicator;
    this.waits = waits;
    this.rosterKeeper = rosterKeeper;
    this.standingKeeper = standingKeeper;
    this.clock = clock;
  }

  void connect(StoreLoop storeLoop, DeliveryLoop deliveryLoop, KnownReplicas knownReplicas) {
    store = storeLoop;
    delivery = deliveryLoop;
    known = knownReplicas;
  }

  void onReady(Runnable listener) {
    ready = listener;
  }

  /** Takes the answers that came at once, after the actions that they follow from. */
  void takeAnswers() {
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
  }

  @Override
  public void send(String peer, PeerMessage message, int version) {
    transport.send(peer, message, version);
  }

  @Override
  public void broadcast(PeerMessage.Presence message, int version) {
    transport.broadcast(message, version);
  }

  /** A log in memory answers at once, and the answer needs no way through a mailbox. */
  @Override
  public void readLog(Action.ReadLog read) {
    CompletableFuture<List<Write>> writes =
        storage.read(read.origin(), read.from(), read.to(), read.maxBytes()).toCompletableFuture();
    if (writes.isDone() && !writes.isCompletedExceptionally()) {
      answers.add(() -> logRead(read, writes.join()));
    } else {
      writes.whenComplete(
          (some, failure) -> paths.fromDisk().offer(() -> logRead(read, some, failure)));
    }
  }

  private void logRead(Action.ReadLog read, List<Write> writes, Throwable failure) {
    if (failure == null) {
      logRead(read, writes);
    } else {
      host.fail("the log cannot be read: " + read, failure);
    }
  }

  private void logRead(Action.ReadLog read, List<Write> writes) {
    replicator.logRead(read, writes, storage.trimmed(), clock.getAsLong());
  }

  @Override
  public void readSnapshot(Action.ReadSnapshot wanted) {
    store.readSnapshot(
        wanted, reply -> paths.fromStore().offer(() -> replicator.snapshotRead(wanted, reply)));
  }

  @Override
  public void installSnapshot(Action.InstallSnapshot complete) {
    ReplicaSnapshot snapshot = complete.snapshot();
    LOG.info(
        "installing the snapshot of {} at {}: {} keys",
        complete.source(),
        snapshot.instant().vector(),
        snapshot.entries().size());
    store.install(snapshot, fits -> paths.fromStore().offer(() -> installed(complete, fits)));
  }

  private void installed(Action.InstallSnapshot complete, boolean fits) {
    if (fits) {
      LOG.info("the snapshot of {} is installed", complete.source());
      replicator.snapshotInstalled(clock.getAsLong());
    } else {
      replicator.snapshotDoesNotFit(clock.getAsLong());
    }
  }

  @Override
  public void acked(Action.Acked answer) {
    waits.answer(answer);
  }

  @Override
  public void stable(VersionVector stable) {
    store.stable(stable);
  }

  @Override
  public void confirmed() {
    delivery.confirmed();
  }

  @Override
  public void mayStamp() {
    store.mayStamp();
  }

  @Override
  public void ready(String warning) {
    if (!warning.isEmpty()) {
      LOG.warn("serving clients without having caught up: {}", warning);
    }
    ready.run();
  }

  @Override
  public void keepRoster(Roster roster) {
    rosterKeeper.keep(roster, this::rosterKept);
  }

  private void rosterKept(Roster roster) {
    LOG.info("the members are {}", roster);
    replicator.rosterKept(roster, clock.getAsLong());
    answers.add(() -> rosterKeeper.answerDurable(roster));
  }

  @Override
  public void retire(Action.Retire retire) {
    known.ended(retire.ended().ended());
    delivery.retire(retire);
    store.retire(retire.ended());
  }

  @Override
  public void raise(VersionVector bases) {
    store.raise(bases);
  }

  @Override
  public void noteStanding(Action.NoteStanding note) {
    standingKeeper.note(note, () -> replicator.standingNoted(note, clock.getAsLong()));
  }

  @Override
  public void expelled(Action.Expelled expelled) {
    rosterKeeper.expel(expelled);
  }

  @Override
  public void abandoned(Action.Abandoned abandoned) {
    rosterKeeper.refuse(abandoned);
  }

  @Override
  public void olderCopy(Action.OlderCopy found) {
    standingKeeper.stop(found);
  }

  @Override
  public void collision(Action.Collision found) {
    standingKeeper.stop(found);
  }

  /** A cluster that does not tell knows nothing. */
  @Override
  public void checkRegistrations() {
    transport
        .registered()
        .whenComplete(
            (channels, failure) ->
                paths
                    .fromNetwork()
                    .offer(() -> replicator.registered(failure == null ? channels : Set.of())));
  }

  @Override
  public void renew(String reason) {
    cure("registering again with the cluster", reason, transport::renew);
  }

  @Override
  public void rejoin(String reason) {
    cure("leaving the cluster and joining it again", reason, transport::rejoin);
  }

  private static void cure(String what, String reason, Supplier<CompletionStage<Void>> cure) {
    LOG.warn("{}: {}", what, reason);
    cure.get()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("{} failed", what, failure);
              }
            });
  }

  /** A transfer may take minutes: the log shows that it goes on, or why it does not. */
  void logProgress(long nowMillis) {
    if (nowMillis - lookedMillis >= LOOK_MILLIS) {
      lookedMillis = nowMillis;
      log(replicator.view(nowMillis), nowMillis);
    }
  }

  private void log(ReplicatorView view, long nowMillis) {
    if (replicator.lacksRoom() && nowMillis - noRoomLoggedMillis >= LOG_NO_ROOM_MILLIS) {
      noRoomLoggedMillis = nowMillis;
      LOG.error("what is missing here is in no log; {}", view.notReady());
    }
    if (view.snapshot().isPresent() && nowMillis - progressLoggedMillis >= LOG_PROGRESS_MILLIS) {
      progressLoggedMillis = nowMillis;
      LOG.info("what is missing here is in no log; {}", view.snapshot().get());
    }
  }
}
