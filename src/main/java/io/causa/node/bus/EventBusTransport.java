package io.causa.node.bus;

import io.causa.replication.Channel;
import io.causa.replication.PeerMessage;
import io.causa.wire.PeerCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clustered Vert.x event bus as a {@link Transport}. */
public final class EventBusTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(EventBusTransport.class);

  private final EventBus bus;
  private final Outbox outbox;
  private final Registrations registrations;
  private final String self;
  private final SendFailures failures = new SendFailures();

  /**
   * @param self this node's name
   */
  public EventBusTransport(EventBus bus, Outbox outbox, Registrations registrations, String self) {
    this.bus = bus;
    this.outbox = outbox;
    this.registrations = registrations;
    this.self = self;
  }

  @Override
  public void send(String peer, PeerMessage message) {
    Buffer bytes = Buffer.buffer(PeerCodec.encode(message));
    outbox.post(
        () ->
            bus.<Buffer>sender(Addresses.of(peer, message))
                .write(bytes)
                .onSuccess(written -> failures.sent(peer))
                .onFailure(cause -> failures.failed(peer, cause)));
  }

  @Override
  public void broadcast(PeerMessage.Presence presence) {
    Buffer bytes = Buffer.buffer(PeerCodec.encode(presence));
    outbox.post(() -> bus.publish(Addresses.EVERYBODY, bytes));
  }

  @Override
  public Future<Set<Channel>> registered() {
    return registrations.registered().map(this::channels);
  }

  private Set<Channel> channels(Set<String> addresses) {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    for (Channel channel : Channel.values()) {
      if (addresses.contains(Addresses.of(self, channel))) {
        channels.add(channel);
      }
    }
    return channels;
  }

  @Override
  public Future<Void> renew() {
    return registrations.renew();
  }

  @Override
  public Future<Void> rejoin() {
    return registrations.rejoin();
  }

  @Override
  public void onUnsent(Consumer<String> consumer) {
    Context context = Vertx.currentContext();
    failures.onUnsent(peer -> context.runOnContext(x -> consumer.accept(peer)));
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
  public Future<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
    return Future.join(
            consume(Addresses.control(self), m -> consumer.accept(Channel.CONTROL, m)),
            consume(Addresses.EVERYBODY, m -> consumer.accept(Channel.PRESENCE, m)))
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
