package io.causa.node;

import io.causa.node.bus.Transport;
import io.causa.replication.PeerMessage;
import io.causa.replication.PeerMessage.Presence;
import io.causa.replication.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Stands in for the clustered bus between nodes of one JVM: loses, repeats, delays and so reorders
 * messages, by lots from one seed. Every message passes the codec.
 */
final class LossyNetwork {

  private static final int MOST_DELAY_MILLIS = 40;

  private record Receiver<T>(Context context, Consumer<T> consumer) {
    void receive(T message) {
      context.runOnContext(ignored -> consumer.accept(message));
    }
  }

  private final Vertx timers;
  private final Random random;
  private final double loss;
  private final double repetition;
  private final Map<String, Receiver<WriteBatch>> writes = new ConcurrentHashMap<>();
  private final Map<String, Receiver<PeerMessage>> control = new ConcurrentHashMap<>();
  private volatile boolean isUp = true;

  LossyNetwork(Vertx timers, long seed, double loss, double repetition) {
    this.timers = timers;
    this.random = new Random(seed);
    this.loss = loss;
    this.repetition = repetition;
  }

  /** From now on everything is lost. */
  void cut() {
    isUp = false;
  }

  /** Messages arrive again. */
  void mend() {
    isUp = true;
  }

  /** The end of the network at which this node stands. */
  Transport at(String name, Vertx vertx) {
    return new Transport() {
      @Override
      public void send(String peer, PeerMessage message) {
        transmit(peer, PeerCodec.encode(message));
      }

      @Override
      public void broadcast(Presence presence) {
        control.keySet().forEach(peer -> transmit(peer, PeerCodec.encode(presence)));
      }

      @Override
      public Future<Void> onWrites(Consumer<WriteBatch> consumer) {
        writes.put(name, new Receiver<>(vertx.getOrCreateContext(), consumer));
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onControl(Consumer<PeerMessage> consumer) {
        control.put(name, new Receiver<>(vertx.getOrCreateContext(), consumer));
        return Future.succeededFuture();
      }
    };
  }

  private synchronized void transmit(String peer, byte[] bytes) {
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < repetition ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      timers.setTimer(1 + random.nextInt(MOST_DELAY_MILLIS), timer -> arrive(peer, bytes));
    }
  }

  private void arrive(String peer, byte[] bytes) {
    if (!isUp) {
      return;
    }
    PeerMessage message = ((PeerCodec.Decoded.Message) PeerCodec.decode(bytes)).message();
    if (message instanceof WriteBatch batch && writes.containsKey(peer)) {
      writes.get(peer).receive(batch);
    } else if (control.containsKey(peer)) {
      control.get(peer).receive(message);
    }
  }
}
