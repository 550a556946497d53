package io.causa.engine;

import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.SnapshotInstall;
import io.causa.core.store.Store;
import io.causa.engine.port.Host;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.storage.Storage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots into the store and out of it.
 *
 * <p>A peer's snapshot is installed in the place of a commit: joined with the data on another
 * thread, made durable, then readable. Reads go on meanwhile, and writes wait for the next commit.
 *
 * <p>Owner: the store's loop. Bound: one snapshot at a time is installed; what is given to peers is
 * bounded by {@link SnapshotTransfers.Limits}.
 */
final class StoreSnapshots {

  private static final Logger LOG = LoggerFactory.getLogger(StoreSnapshots.class);

  private final Host host;
  private final Storage storage;
  private final Store store;
  private final Mailbox fromDisk;
  private ReplicaSnapshot wanted;
  private Consumer<Boolean> installed;
  private boolean underWay;

  StoreSnapshots(Host host, Storage storage, Store store, Mailbox fromDisk) {
    this.host = host;
    this.storage = storage;
    this.store = store;
    this.fromDisk = fromDisk;
  }

  /** Reads a slice of a snapshot for a peer. */
  SnapshotTransfers.Reply slice(ReadSnapshot wanted, long nowMillis) {
    SnapshotTransfers.Reply reply =
        store.snapshotSlice(
            wanted.asker(), wanted.transfer(), wanted.number(), wanted.maxBytes(), nowMillis);
    if (reply instanceof SnapshotTransfers.Reply.Overrun) {
      LOG.warn(
          "the snapshot for {} has to start again: more has changed than {} keeps",
          wanted.asker(),
          SnapshotTransfers.KEPT_BYTES);
    }
    return reply;
  }

  /** The snapshot is to be installed as soon as no commit is under way. */
  void wanted(ReplicaSnapshot snapshot, Consumer<Boolean> reply) {
    wanted = snapshot;
    installed = reply;
  }

  boolean isUnderWay() {
    return underWay || wanted != null;
  }

  /**
   * Begins to install what is wanted, unless a commit is under way.
   *
   * @param release is told what the snapshot lets go on, once it is readable
   */
  void begin(Consumer<Store.Applied> release) {
    if (wanted != null) {
      store.beginInstall(wanted).ifPresent(install -> begin(install, release));
    }
  }

  private void begin(SnapshotInstall install, Consumer<Store.Applied> release) {
    wanted = null;
    underWay = true;
    host.work(
        () -> {
          SnapshotInstall joined = install.join();
          fromDisk.offer(() -> joined(joined, release));
        });
  }

  private void joined(SnapshotInstall joined, Consumer<Store.Applied> release) {
    if (!store.fits(joined)) {
      underWay = false;
      store.cancelInstall();
      installed.accept(false);
      return;
    }
    SnapshotInstall.Prepared prepared = joined.prepare();
    storage
        .install(prepared)
        .whenComplete((done, failure) -> fromDisk.offer(() -> durable(prepared, failure, release)));
  }

  private void durable(
      SnapshotInstall.Prepared prepared, Throwable failure, Consumer<Store.Applied> release) {
    if (failure != null) {
      host.fail("a snapshot cannot be installed", failure);
      return;
    }
    underWay = false;
    release.accept(store.completeInstall(prepared));
    installed.accept(true);
  }
}
