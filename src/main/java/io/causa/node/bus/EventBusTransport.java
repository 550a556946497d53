package io.causa.node.bus;

import io.causa.replication.PeerMessage;
import io.causa.wire.PeerCodec;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clustered Vert.x event bus as a {@link Transport}. */
public final class EventBusTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(EventBusTransport.class);

  private final EventBus bus;
  private final Outbox outbox;
  private final String self;

  /**
   * @param self this node's name
   */
  public EventBusTransport(EventBus bus, Outbox outbox, String self) {
    this.bus = bus;
    this.outbox = outbox;
    this.self = self;
  }

  @Override
  public void send(String peer, PeerMessage message) {
    Buffer bytes = Buffer.buffer(PeerCodec.encode(message));
    outbox.post(() -> bus.send(Addresses.of(peer, message), bytes));
  }

  @Override
  public void broadcast(PeerMessage.Presence presence) {
    Buffer bytes = Buffer.buffer(PeerCodec.encode(presence));
    outbox.post(() -> bus.publish(Addresses.EVERYBODY, bytes));
  }

  @Override
  public Future<Void> onWrites(Consumer<PeerMessage.WriteBatch> consumer) {
    return consume(
        Addresses.writes(self),
        message -> {
          if (message instanceof PeerMessage.WriteBatch batch) {
            consumer.accept(batch);
          }
        });
  }

  @Override
  public Future<Void> onControl(Consumer<PeerMessage> consumer) {
    return Future.join(
            consume(Addresses.control(self), consumer), consume(Addresses.EVERYBODY, consumer))
        .mapEmpty();
  }

  private Future<Void> consume(String address, Consumer<PeerMessage> consumer) {
    MessageConsumer<Buffer> registration =
        bus.consumer(address, message -> decode(address, message.body(), consumer));
    return registration.completion();
  }

  private static void decode(String address, Buffer body, Consumer<PeerMessage> consumer) {
    PeerCodec.Decoded decoded = PeerCodec.decode(body.getBytes());
    if (decoded instanceof PeerCodec.Decoded.Message arrived) {
      consumer.accept(arrived.message());
    } else if (decoded instanceof PeerCodec.Decoded.Undecodable failure) {
      LOG.warn(
          "{} bytes on {} are no message of this version of Causa and are ignored: {}",
          body.length(),
          address,
          failure.reason());
    }
  }
}
