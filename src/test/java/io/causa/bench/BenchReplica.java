package io.causa.bench;

import io.causa.clock.Replica;
import io.causa.core.CausalBuffer;
import io.causa.core.store.StoreLimits;
import io.causa.engine.BadMessages;
import io.causa.engine.DirectHost;
import io.causa.engine.Engine;
import io.causa.engine.EngineSettings;
import io.causa.engine.HealthyTransport;
import io.causa.engine.TurnLimits;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Subscribers;
import io.causa.replication.ReplicationSettings;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.storage.MemoryStorage;
import io.causa.wire.EncodedBatches;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An engine with its data in memory, whose loops one thread runs. */
final class BenchReplica implements DirectHost, HealthyTransport {

  private static final int LOG_BYTES = 64 << 20;
  private static final int BUFFER_BYTES = 32 << 20;

  private final Replica self;
  private final BenchNetwork network;
  private final EncodedBatches encoded = new EncodedBatches();
  private final Map<LoopName, BenchLoop> loops = new EnumMap<>(LoopName.class);
  private final Engine engine;
  private Consumer<WriteBatch> writes = batch -> {};
  private BiConsumer<Channel, PeerMessage> control = (channel, message) -> {};

  BenchReplica(Replica self, BenchNetwork network) {
    this.self = self;
    this.network = network;
    for (LoopName name : LoopName.values()) {
      loops.put(name, new BenchLoop());
    }
    network.attach(this, batch -> writes.accept(batch), (c, message) -> control.accept(c, message));
    this.engine =
        new Engine(
            new EngineSettings(
                "http://" + self.name(),
                new StoreLimits(100_000, BUFFER_BYTES, 1000),
                new CausalBuffer.Limits(100_000, BUFFER_BYTES, BUFFER_BYTES),
                new ReplicationSettings(
                    1 << 16, 1 << 20, 1000, 8000, 500, 3000, 700, 1000, 1 << 20, 3000, 10_000),
                BUFFER_BYTES,
                TurnLimits.USUAL,
                1000),
            new MemoryStorage(self, LOG_BYTES),
            this,
            Subscribers.NOBODY,
            this,
            new BadMessages(System::nanoTime),
            Observer.NONE);
  }

  void start() {
    engine.start();
    engine.join(2);
  }

  void write(WriteRequest request) {
    engine.store().write(request, outcome -> {});
  }

  /** Runs the loops once; returns whether they had anything to do. */
  boolean run() {
    boolean busy = false;
    for (BenchLoop loop : loops.values()) {
      busy |= loop.runAll();
    }
    return busy;
  }

  void passMilli() {
    loops.values().forEach(BenchLoop::passMilli);
  }

  void forgetCosts() {
    loops.values().forEach(BenchLoop::forgetCosts);
  }

  BenchLoop loop(LoopName name) {
    return loops.get(name);
  }

  String name() {
    return self.name();
  }

  void arrives(Channel channel, Runnable message) {
    loops.get(channel == Channel.WRITES ? LoopName.DELIVERY : LoopName.REPLICATION).run(message);
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public CompletionStage<Void> open(LoopName name, Consumer<Loop> opened) {
    opened.accept(loops.get(name));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public long wallMillis() {
    return loops.get(LoopName.STORE).nowMillis();
  }

  @Override
  public void work(Runnable work) {
    work.run();
  }

  @Override
  public void fail(String what, Throwable cause) {
    throw new IllegalStateException(what, cause);
  }

  @Override
  public Loop clock() {
    return loops.get(LoopName.REPLICATION);
  }

  @Override
  public void send(String peer, PeerMessage message, int version) {
    network.send(peer, message, encoded.encode(message, version));
  }

  @Override
  public void broadcast(Presence message, int version) {
    network.broadcast(message);
  }

  @Override
  public CompletionStage<Void> onWrites(Consumer<WriteBatch> consumer) {
    writes = consumer;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
    control = consumer;
    return CompletableFuture.completedStage(null);
  }
}
