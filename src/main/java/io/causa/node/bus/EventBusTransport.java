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
  private final String self;

  /**
   * @param self this node's name
   */
  public EventBusTransport(EventBus bus, String self) {
    this.bus = bus;
    this.self = self;
  }

  /**
   * A connection that is reset while the bus writes to it may complete the bus's own promise twice,
   * which is thrown at whoever sends (seen in Vert.x 5.0.10). To the sender it is a lost message,
   * like any other on a connection that breaks.
   */
  @Override
  public void send(String peer, PeerMessage message) {
    Buffer bytes = Buffer.buffer(PeerCodec.encode(message));
    try {
      bus.send(Addresses.of(peer, message), bytes);
    } catch (IllegalStateException connectionBroke) {
      LOG.warn("a message of {} bytes to {} is lost", bytes.length(), peer, connectionBroke);
    }
  }

  @Override
  public void broadcast(PeerMessage.Presence presence) {
    bus.publish(Addresses.EVERYBODY, Buffer.buffer(PeerCodec.encode(presence)));
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
