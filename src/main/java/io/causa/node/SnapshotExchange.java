package io.causa.node;

import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.replication.Action.InstallSnapshot;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.Replicator;
import io.causa.replication.view.SnapshotProgress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots between replication and the store: reads slices for others, and installs what was
 * fetched.
 *
 * <p>Owner: the replication loop.
 */
final class SnapshotExchange {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotExchange.class);
  private static final long LOG_PROGRESS_MILLIS = 5000;
  private static final long LOG_NO_ROOM_MILLIS = 60_000;

  private final Replicator replicator;
  private final StoreVerticle store;
  private final FailStop failStop;
  private final Runnable act;
  private long progressLoggedMillis = -LOG_PROGRESS_MILLIS;
  private long noRoomLoggedMillis = -LOG_NO_ROOM_MILLIS;

  /**
   * @param act carries out what the replicator says; run after each answer of the store
   */
  SnapshotExchange(Replicator replicator, StoreVerticle store, FailStop failStop, Runnable act) {
    this.replicator = replicator;
    this.store = store;
    this.failStop = failStop;
    this.act = act;
  }

  void read(ReadSnapshot wanted) {
    store
        .snapshotSlice(wanted)
        .onSuccess(
            reply -> {
              replicator.snapshotRead(wanted, reply);
              act.run();
            })
        .onFailure(cause -> failStop.stop("no snapshot can be read: " + wanted, cause));
  }

  void install(InstallSnapshot complete) {
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
              if (installed) {
                LOG.info("the snapshot of {} is installed", complete.source());
                replicator.snapshotInstalled(MonotonicClock.millis());
              } else {
                replicator.snapshotDoesNotFit(MonotonicClock.millis());
              }
              act.run();
            })
        .onFailure(cause -> failStop.stop("a snapshot cannot be installed", cause));
  }

  private void tellOfNoRoom(long nowMillis) {
    if (replicator.lacksRoom() && nowMillis - noRoomLoggedMillis >= LOG_NO_ROOM_MILLIS) {
      noRoomLoggedMillis = nowMillis;
      String notReady = replicator.view(nowMillis).notReady();
      LOG.error("what is missing here is in nobody's log; {}", notReady);
    }
  }

  /** A transfer may take minutes: whoever reads the log sees that it goes on. */
  void logProgress(long nowMillis) {
    tellOfNoRoom(nowMillis);
    Optional<SnapshotProgress> progress = replicator.view(nowMillis).snapshot();
    if (progress.isPresent() && nowMillis - progressLoggedMillis >= LOG_PROGRESS_MILLIS) {
      progressLoggedMillis = nowMillis;
      LOG.info("what is missing here is in nobody's log; {}", progress.get());
    }
  }
}
