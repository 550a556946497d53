package io.causa.bench;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.store.StoreLimits;
import io.causa.engine.BadMessages;
import io.causa.engine.DirectHost;
import io.causa.engine.Engine;
import io.causa.engine.EngineSettings;
import io.causa.engine.TurnLimits;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Subscribers;
import io.causa.replication.ReplicationSettings;
import io.causa.storage.MemoryStorage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One of many replicas in one thread: the engine of a real node with the limits of {@code
 * conf/causa.yaml} and its log in memory.
 */
final class ScaleReplica implements DirectHost, Observer {

  private static final long LOG_BYTES = 1L << 24;

  /** From when a loop is woken until its turn begins; inputs that come meanwhile share the turn. */
  private static final long WAKE_MICROS = 50;

  private static final EngineSettings SETTINGS =
      new EngineSettings(
          "http://127.0.0.1:8080",
          new StoreLimits(1_000_000, 1L << 26, 1000),
          new CausalBuffer.Limits(1_000_000, 1L << 26, 1L << 25),
          new ReplicationSettings(
              65_536, 1 << 20, 1000, 8000, 500, 2000, 700, 1000, 262_144, 3000, 10_000),
          1 << 24,
          TurnLimits.USUAL,
          1000);

  private final ScaleClock clock;
  private final Engine engine;
  private final Replica self;
  private long acknowledged;
  private int mostHeld;

  ScaleReplica(Replica self, ScaleClock clock, ScaleNetwork network) {
    this.self = self;
    this.clock = clock;
    this.engine =
        new Engine(
            SETTINGS,
            new MemoryStorage(self, LOG_BYTES),
            network.connect(self.name()),
            Subscribers.NOBODY,
            this,
            new BadMessages(() -> 0),
            this);
  }

  void start(int others) {
    engine.start().thenRun(() -> engine.join(others));
  }

  boolean isReady() {
    return engine.isReady();
  }

  /** Writes a value of 100 bytes to a key of 16. */
  void write(int key) {
    Mutation put = new Mutation.Put("key-%012d".formatted(key), Value.text("v".repeat(100)));
    WriteRequest request = new WriteRequest(List.of(put), VersionVector.EMPTY, 0, false);
    engine
        .store()
        .write(request, outcome -> acknowledged += outcome instanceof Outcome.Done ? 1 : 0);
  }

  /** How many of its writes are applied here. */
  long acknowledged() {
    return acknowledged;
  }

  VersionVector applied() {
    return engine.store().view().applied();
  }

  Replica self() {
    return self;
  }

  /** The most writes that the causal buffer held at the end of a turn. */
  int mostHeld() {
    return mostHeld;
  }

  @Override
  public void buffered() {
    mostHeld = Math.max(mostHeld, engine.delivery().look(0).heldWrites());
  }

  private final class OneLoop implements Loop {
    @Override
    public void run(Runnable task) {
      clock.after(WAKE_MICROS, task);
    }

    @Override
    public void after(long delayMillis, Runnable task) {
      clock.after(1000 * delayMillis, task);
    }

    @Override
    public long nowMillis() {
      return clock.nowMicros() / 1000;
    }
  }

  @Override
  public CompletionStage<Void> open(LoopName name, Consumer<Loop> opened) {
    opened.accept(new OneLoop());
    return CompletableFuture.completedStage(null);
  }

  @Override
  public long wallMillis() {
    return 1_000_000_000_000L + clock.nowMicros() / 1000;
  }

  @Override
  public void work(Runnable work) {
    clock.after(WAKE_MICROS, work);
  }

  @Override
  public void fail(String what, Throwable cause) {
    throw new IllegalStateException(self + ": " + what, cause);
  }

  @Override
  public Loop clock() {
    return new OneLoop();
  }
}
