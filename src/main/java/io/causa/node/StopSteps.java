package io.causa.node;

import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a node takes each step of its stop. */
final class StopSteps implements OrderlyStop.Steps {

  private static final Logger LOG = LoggerFactory.getLogger(StopSteps.class);

  /** Of the patience with requests, what is kept for closing the connections of those left. */
  private static final int CLOSING_SHARE = 10;

  private final Vertx vertx;
  private final Storage storage;
  private final StoreVerticle store;
  private final ReplicationVerticle replication;
  private final FailStop failStop;
  private final List<String> deployed = new ArrayList<>();
  private String http;
  private volatile long requestMillis;
  private volatile CompletionStage<Void> storageClosed;

  StopSteps(
      Vertx vertx,
      Storage storage,
      StoreVerticle store,
      ReplicationVerticle replication,
      FailStop failStop) {
    this.vertx = vertx;
    this.storage = storage;
    this.store = store;
    this.replication = replication;
    this.failStop = failStop;
  }

  /** A verticle runs; those that run later are stopped earlier. */
  synchronized void deployed(String id) {
    deployed.add(0, id);
  }

  /** The HTTP edge runs. */
  synchronized void deployedHttp(String id) {
    http = id;
  }

  /** How long requests under way may still take, once HTTP is being stopped. */
  long requestMillis() {
    return requestMillis;
  }

  @Override
  public CompletionStage<?> begin(StopPhase phase, long patienceMillis) {
    return switch (phase) {
      case DRAIN -> drain(patienceMillis);
      case REQUESTS -> endRequests(patienceMillis);
      case PUSH -> push().toCompletionStage();
      case SILENCE -> undeploy().toCompletionStage();
      case STORAGE -> closeStorage();
      case LEAVE -> vertx.close().toCompletionStage();
    };
  }

  /** The one thing that must not be left undone is {@link #requireStorageClosed}. */
  @Override
  public void leftUndone(StopPhase phase) {
    if (phase == StopPhase.PUSH) {
      tellWhatLags();
    }
  }

  private void tellWhatLags() {
    replication
        .figures()
        .map(figures -> figures.peers().stream().filter(peer -> peer.lag() > 0).toList())
        .onSuccess(
            lagging -> {
              if (!lagging.isEmpty()) {
                LOG.warn(
                    "stopping although not every peer has all writes from here: {}. They are sent after the next start, unless storage.mode is memory",
                    lagging);
              }
            });
  }

  /** Fails unless the storage is closed by now. */
  CompletionStage<Void> requireStorageClosed() {
    CompletionStage<Void> closed = storageClosed;
    boolean isOver = closed != null && closed.toCompletableFuture().isDone();
    return isOver
        ? closed
        : CompletableFuture.failedStage(
            new StorageException(
                "the storage was not closed in time (node.stopMillis); what was acknowledged is durable, and the next start recovers it"));
  }

  private static CompletionStage<Void> drain(long patienceMillis) {
    return CompletableFuture.runAsync(
        () -> {},
        CompletableFuture.delayedExecutor(
            Math.max(0, patienceMillis - 1), TimeUnit.MILLISECONDS, Runnable::run));
  }

  private synchronized CompletionStage<Void> endRequests(long patienceMillis) {
    requestMillis = patienceMillis - patienceMillis / CLOSING_SHARE;
    return http == null
        ? CompletableFuture.completedStage(null)
        : vertx.undeploy(http).toCompletionStage();
  }

  private Future<Void> push() {
    return replication.pushed(store.view().applied()).onSuccess(pushed -> tellWhatLags());
  }

  private synchronized Future<Void> undeploy() {
    failStop.expectEnd();
    return Future.join(deployed.stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  private CompletionStage<Void> closeStorage() {
    storageClosed = storage.close();
    return storageClosed;
  }
}
