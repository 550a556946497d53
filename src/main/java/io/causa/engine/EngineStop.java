package io.causa.engine;

import io.causa.engine.port.Host;
import io.causa.engine.port.LoopName;
import io.causa.engine.stop.OrderlyStop;
import io.causa.engine.stop.StopPhase;
import io.causa.replication.view.PeerView;
import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an engine takes each step of its stop. */
final class EngineStop implements OrderlyStop.Steps {

  private static final Logger LOG = LoggerFactory.getLogger(EngineStop.class);

  private static final long NOTHING_PUSHED = -1;

  private final Host host;
  private final Storage storage;
  private final StoreLoop store;
  private final ReplicationLoop replication;
  private final Map<LoopName, Runnable> closings;
  private volatile CompletionStage<Void> storageClosed;

  /**
   * @param closings what each loop does as its last task
   */
  EngineStop(
      Host host,
      Storage storage,
      StoreLoop store,
      ReplicationLoop replication,
      Map<LoopName, Runnable> closings) {
    this.host = host;
    this.storage = storage;
    this.store = store;
    this.replication = replication;
    this.closings = closings;
  }

  @Override
  public CompletionStage<?> begin(StopPhase phase, long patienceMillis) {
    return switch (phase) {
      case DRAIN -> drain(patienceMillis);
      case REQUESTS -> host.endRequests(patienceMillis);
      case PUSH -> push();
      case SILENCE -> closeLoops();
      case STORAGE -> closeStorage();
      case LEAVE -> host.leave();
    };
  }

  /** The one thing that must not be left undone is {@link #requireStorageClosed}. */
  @Override
  public void leftUndone(StopPhase phase) {
    if (phase == StopPhase.PUSH) {
      tellWhatLags();
    }
  }

  private CompletionStage<Void> drain(long patienceMillis) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    host.clock().after(Math.max(0, patienceMillis - 1), () -> over.complete(null));
    return over;
  }

  private CompletionStage<Void> push() {
    CompletableFuture<Void> pushed = new CompletableFuture<>();
    push(NOTHING_PUSHED, pushed);
    return pushed;
  }

  /** A write may come meanwhile, such as a held one whose context has arrived. */
  private void push(long before, CompletableFuture<Void> pushed) {
    store.ownWrites(
        own -> {
          if (own == before) {
            tellWhatLags();
            pushed.complete(null);
          } else {
            replication.pushed(own, () -> push(own, pushed));
          }
        });
  }

  private void tellWhatLags() {
    replication.lagging(
        lagging -> {
          if (!lagging.isEmpty()) {
            LOG.warn(
                "stopping although not every peer has all writes from here: {}. They are sent after the next start, unless storage.mode is memory",
                describe(lagging));
          }
        });
  }

  private static List<String> describe(Map<PeerView, Long> lagging) {
    return lagging.entrySet().stream()
        .map(
            peer ->
                "%s lacks %d%s"
                    .formatted(
                        peer.getKey().replica(),
                        peer.getValue(),
                        peer.getKey().silent() ? " and is silent" : ""))
        .toList();
  }

  private CompletionStage<Void> closeLoops() {
    return CompletableFuture.allOf(
        closings.entrySet().stream()
            .map(loop -> host.close(loop.getKey(), loop.getValue()).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> closeStorage() {
    storageClosed = storage.close();
    return storageClosed;
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
}
