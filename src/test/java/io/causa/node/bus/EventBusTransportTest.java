package io.causa.node.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.replication.PeerMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.junit5.VertxExtension;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a sender notices of a bus that fails: nothing. */
@ExtendWith(VertxExtension.class)
class EventBusTransportTest {
  private static final PeerMessage PRESENCE =
      new PeerMessage.Presence(new Replica("node1", 7), 1, "http://127.0.0.1:1");

  private final BlockingQueue<Object> sent = new LinkedBlockingQueue<>();

  @Test
  void aConnectionThatBreaksWhileTheBusWritesLosesAMessageAndNothingElse(Vertx vertx)
      throws InterruptedException {
    AtomicReference<Throwable> reported = new AtomicReference<>();
    Transport transport = new EventBusTransport(breakingForNode2(), new Outbox(vertx), "node1");
    Context sender = vertx.getOrCreateContext();
    sender.exceptionHandler(reported::set);
    sender.runOnContext(
        x -> {
          transport.send("node2", PRESENCE);
          transport.send("node3", PRESENCE);
        });
    assertThat(sent.poll(10, TimeUnit.SECONDS)).asString().contains("node2");
    assertThat(sent.poll(10, TimeUnit.SECONDS)).asString().contains("node3");
    assertThat(reported).hasNullValue();
  }

  /** As Vert.x does it: reports to the context of whoever sends. */
  private EventBus breakingForNode2() {
    return (EventBus)
        Proxy.newProxyInstance(
            EventBus.class.getClassLoader(),
            new Class<?>[] {EventBus.class},
            (proxy, method, arguments) -> {
              sent.add(arguments[0]);
              if (arguments[0].toString().contains("node2")) {
                throw new IllegalStateException("Promise already completed");
              }
              return proxy;
            });
  }
}
