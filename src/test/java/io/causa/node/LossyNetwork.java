package io.causa.node;

import io.causa.engine.port.Transport;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Stands in for the clustered bus between nodes of one JVM: loses, repeats, delays and so reorders
 * messages, by lots from one seed. Every message passes the codec.
 */
final class LossyNetwork {

  private static final int MOST_DELAY_MILLIS = 40;

  private record Receiver(Context context, Consumer<PeerMessage> consumer) {
    void receive(PeerMessage message) {
      context.runOnContext(ignored -> consumer.accept(message));
    }
  }

  private final Vertx timers;
  private final Random random;
  private final double loss;
  private final double repetition;
  private final Map<String, Receiver> writes = new ConcurrentHashMap<>();
  private final Map<String, Receiver> control = new ConcurrentHashMap<>();
  private final Map<String, Receiver> presence = new ConcurrentHashMap<>();
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

  /** This node is gone: nothing reaches it until it listens again. */
  void leave(String name) {
    List.of(writes, control, presence).forEach(channel -> channel.remove(name));
  }

  /** Messages arrive again. */
  void mend() {
    isUp = true;
  }

  /** The end of the network at which this node stands. */
  Transport at(String name, Vertx vertx) {
    return new Transport() {
      @Override
      public void send(String peer, PeerMessage message, int version) {
        Channel channel = message instanceof WriteBatch ? Channel.WRITES : Channel.CONTROL;
        transmit(peer, channel, PeerCodec.encode(message, version));
      }

      @Override
      public void broadcast(Presence here, int version) {
        byte[] bytes = PeerCodec.encode(here, version);
        control.keySet().forEach(peer -> transmit(peer, Channel.PRESENCE, bytes));
      }

      @Override
      public CompletionStage<Set<Channel>> registered() {
        return CompletableFuture.completedStage(EnumSet.allOf(Channel.class));
      }

      @Override
      public CompletionStage<Void> renew() {
        return CompletableFuture.completedStage(null);
      }

      @Override
      public CompletionStage<Void> rejoin() {
        return CompletableFuture.completedStage(null);
      }

      @Override
      public void onUnsent(Consumer<String> consumer) {
        // Nothing is lost in a way that a sender could notice.
      }

      @Override
      public CompletionStage<Void> onWrites(Consumer<WriteBatch> consumer) {
        writes.put(
            name, new Receiver(vertx.getOrCreateContext(), m -> consumer.accept((WriteBatch) m)));
        return CompletableFuture.completedStage(null);
      }

      @Override
      public CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
        Context context = vertx.getOrCreateContext();
        control.put(name, new Receiver(context, m -> consumer.accept(Channel.CONTROL, m)));
        presence.put(name, new Receiver(context, m -> consumer.accept(Channel.PRESENCE, m)));
        return CompletableFuture.completedStage(null);
      }
    };
  }

  /** What is sent while the network is down is lost at once, however late its timer would be. */
  private synchronized void transmit(String peer, Channel channel, byte[] bytes) {
    if (!isUp) {
      return;
    }
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < repetition ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      timers.setTimer(1 + random.nextInt(MOST_DELAY_MILLIS), timer -> arrive(peer, channel, bytes));
    }
  }

  private void arrive(String peer, Channel channel, byte[] bytes) {
    Receiver receiver = receivers(channel).get(peer);
    if (isUp && receiver != null) {
      receiver.receive(((PeerCodec.Decoded.Message) PeerCodec.decode(bytes)).message());
    }
  }

  private Map<String, Receiver> receivers(Channel channel) {
    return switch (channel) {
      case WRITES -> writes;
      case CONTROL -> control;
      case PRESENCE -> presence;
    };
  }
}
