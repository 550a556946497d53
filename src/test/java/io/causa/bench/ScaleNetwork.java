package io.causa.bench;

import io.causa.engine.HealthyTransport;
import io.causa.engine.port.Transport;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.EncodedBatches;
import io.causa.wire.PeerCodec;
import io.causa.wire.PeerDecoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The network between many replicas in one thread: every message passes through its encoded form,
 * takes the same time, and arrives once.
 */
final class ScaleNetwork {

  private static final long LATENCY_MICROS = 500;

  private final ScaleClock clock;
  private final Map<String, Port> ports = new TreeMap<>();
  private ScaleTraffic traffic = new ScaleTraffic();
  private boolean counts;

  ScaleNetwork(ScaleClock clock) {
    this.clock = clock;
  }

  Transport connect(String name) {
    Port port = new Port();
    ports.put(name, port);
    return port;
  }

  /** From now on all that is sent is counted, which takes time; what was counted before is gone. */
  void count() {
    counts = true;
    traffic = new ScaleTraffic();
  }

  ScaleTraffic traffic() {
    return traffic;
  }

  private final class Port implements HealthyTransport {
    private final EncodedBatches encoded = new EncodedBatches();
    private final PeerDecoder decoder = new PeerDecoder();
    private Consumer<WriteBatch> writes = batch -> {};
    private BiConsumer<Channel, PeerMessage> control = (channel, message) -> {};

    @Override
    public void send(String peer, PeerMessage message, int version) {
      send(ports.get(peer), Channel.CONTROL, message, encoded.encode(message, version));
    }

    @Override
    public void broadcast(PeerMessage.Presence presence, int version) {
      byte[] bytes = PeerCodec.encode(presence, version);
      ports.values().forEach(port -> send(port, Channel.PRESENCE, presence, bytes));
    }

    private void send(Port to, Channel channel, PeerMessage message, byte[] bytes) {
      if (counts) {
        traffic.count(message, bytes.length);
      }
      clock.after(LATENCY_MICROS, () -> to.arrive(channel, bytes));
    }

    private void arrive(Channel channel, byte[] bytes) {
      PeerMessage message = ((PeerCodec.Decoded.Message) decoder.decode(bytes)).message();
      if (message instanceof WriteBatch batch) {
        writes.accept(batch);
      } else {
        control.accept(channel, message);
      }
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
}
