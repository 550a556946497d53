package io.causa.node.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.engine.BadMessages;
import io.causa.engine.port.Transport;
import io.causa.replication.message.PeerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.junit5.VertxExtension;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a sender notices of a bus that fails: nothing, unless it asks. */
@ExtendWith(VertxExtension.class)
class EventBusTransportTest {
  private static final PeerMessage PRESENCE =
      new PeerMessage.Presence(new Replica("node1", 7), 1, "http://127.0.0.1:1");

  private final BlockingQueue<Object> sent = new LinkedBlockingQueue<>();

  @Test
  void aConnectionThatBreaksWhileTheBusWritesLosesAMessageAndNothingElse(Vertx vertx)
      throws InterruptedException {
    AtomicReference<Throwable> reported = new AtomicReference<>();
    Transport transport =
        new EventBusTransport(
            breakingForNode2(),
            new Outbox(vertx),
            new NoCluster(),
            new BadMessages(System::nanoTime),
            "node1");
    Context sender = vertx.getOrCreateContext();
    sender.exceptionHandler(reported::set);
    sender.runOnContext(
        x -> {
          transport.send("node2", PRESENCE, 3);
          transport.send("node3", PRESENCE, 3);
        });
    assertThat(sent.poll(10, TimeUnit.SECONDS)).asString().contains("node2");
    assertThat(sent.poll(10, TimeUnit.SECONDS)).asString().contains("node3");
    assertThat(reported).hasNullValue();
  }

  @Test
  void whoeverAsksIsToldOfWhatCannotEvenBeSent(Vertx vertx) throws InterruptedException {
    BlockingQueue<String> unsent = new LinkedBlockingQueue<>();
    EventBus bus = bus((address, body) -> Future.failedFuture("nobody is there"));
    vertx.runOnContext(
        x -> {
          Transport transport =
              new EventBusTransport(
                  bus,
                  new Outbox(vertx),
                  new NoCluster(),
                  new BadMessages(System::nanoTime),
                  "node1");
          transport.onUnsent(unsent::add);
          transport.send("node2", PRESENCE, 3);
          transport.send("node2", PRESENCE, 3);
        });

    assertThat(unsent.poll(10, TimeUnit.SECONDS)).isEqualTo("node2");
    assertThat(unsent.poll(10, TimeUnit.SECONDS)).isEqualTo("node2");
  }

  /** As Vert.x does it: reports to the context of whoever sends. */
  private EventBus breakingForNode2() {
    return bus(
        (address, body) -> {
          sent.add(address);
          if (address.contains("node2")) {
            throw new IllegalStateException("Promise already completed");
          }
          return Future.succeededFuture();
        });
  }

  private static final class NoCluster implements Registrations {
    @Override
    public Future<Set<String>> registered() {
      return Future.succeededFuture(Set.of());
    }

    @Override
    public Future<Void> renew() {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> rejoin() {
      return Future.succeededFuture();
    }
  }

  private interface Writing {
    Future<Void> write(String address, Object body);
  }

  private static EventBus bus(Writing writing) {
    return pretend(
        EventBus.class, sender -> producer(body -> writing.write(sender[0].toString(), body[0])));
  }

  private static MessageProducer<?> producer(Function<Object[], Object> write) {
    return pretend(MessageProducer.class, write);
  }

  /** Whatever method is called, this is what it does. */
  private static <T> T pretend(Class<T> type, Function<Object[], Object> method) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> method.apply(arguments)));
  }
}
