package io.causa.node.bus;

import io.causa.engine.BadMessages;
import io.causa.engine.port.Transport;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.wire.EncodedBatches;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The clustered Vert.x event bus as a {@link Transport}. */
public final class EventBusTransport implements Transport {

  private final EventBus bus;
  private final Outbox outbox;
  private final Registrations registrations;
  private final BadMessages bad;
  private final Arrivals arrivals;
  private final String self;
  private final SendFailures failures = new SendFailures();
  private final EncodedBatches encoded = new EncodedBatches();

  /**
   * @param bad is told of what is dropped
   * @param self this node's name
   */
  public EventBusTransport(
      EventBus bus, Outbox outbox, Registrations registrations, BadMessages bad, String self) {
    this.bus = bus;
    this.bad = bad;
    this.arrivals = new Arrivals(bad);
    this.outbox = outbox;
    this.registrations = registrations;
    this.self = self;
  }

  @Override
  public void send(String peer, PeerMessage message, int version) {
    Buffer bytes = Buffer.buffer(encoded.encode(message, version));
    outbox.post(
        () ->
            bus.<Buffer>sender(Addresses.of(peer, message))
                .write(bytes)
                .onSuccess(written -> failures.sent(peer))
                .onFailure(cause -> failures.failed(peer, cause)));
  }

  @Override
  public void broadcast(PeerMessage.Presence presence, int version) {
    Buffer bytes = Buffer.buffer(encoded.encode(presence, version));
    outbox.post(() -> bus.publish(Addresses.EVERYBODY, bytes));
  }

  @Override
  public CompletionStage<Set<Channel>> registered() {
    return registrations.registered().map(this::channels).toCompletionStage();
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
  public CompletionStage<Void> renew() {
    return registrations.renew().toCompletionStage();
  }

  @Override
  public CompletionStage<Void> rejoin() {
    return registrations.rejoin().toCompletionStage();
  }

  @Override
  public void onUnsent(Consumer<String> consumer) {
    failures.onUnsent(consumer);
  }

  @Override
  public CompletionStage<Void> onWrites(Consumer<PeerMessage.WriteBatch> consumer) {
    return consume(
            Addresses.writes(self),
            message -> {
              if (message instanceof PeerMessage.WriteBatch batch) {
                consumer.accept(batch);
              } else {
                misplaced(message, Channel.WRITES);
              }
            })
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
    return Future.join(
            consume(Addresses.control(self), m -> control(m, consumer)),
            consume(Addresses.EVERYBODY, m -> presence(m, consumer)))
        .<Void>mapEmpty()
        .toCompletionStage();
  }

  private void control(PeerMessage message, BiConsumer<Channel, PeerMessage> consumer) {
    if (message instanceof PeerMessage.WriteBatch) {
      misplaced(message, Channel.CONTROL);
    } else {
      consumer.accept(Channel.CONTROL, message);
    }
  }

  private void presence(PeerMessage message, BiConsumer<Channel, PeerMessage> consumer) {
    if (message instanceof PeerMessage.Presence) {
      consumer.accept(Channel.PRESENCE, message);
    } else {
      misplaced(message, Channel.PRESENCE);
    }
  }

  private void misplaced(PeerMessage message, Channel channel) {
    String kind = message.getClass().getSimpleName();
    bad.dropped(
        message.sender().name(),
        BadMessages.Reason.MISPLACED,
        "a %s on %s".formatted(kind, Addresses.of(self, channel)));
  }

  private Future<Void> consume(String address, Consumer<PeerMessage> consumer) {
    MessageConsumer<Object> registration =
        bus.consumer(address, message -> arrivals.read(message).ifPresent(consumer));
    return registration.completion();
  }
}
