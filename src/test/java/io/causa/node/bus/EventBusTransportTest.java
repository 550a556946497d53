package io.causa.node.bus;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.causa.clock.Replica;
import io.causa.replication.PeerMessage;
import io.vertx.core.eventbus.EventBus;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What a sender notices of a bus that fails: nothing. */
class EventBusTransportTest {
  private static final PeerMessage PRESENCE =
      new PeerMessage.Presence(new Replica("node1", 7), 1, "http://127.0.0.1:1");

  @Test
  void aConnectionThatBreaksWhileTheBusWritesLosesAMessageAndNothingElse() {
    EventBus bus =
        failing(
            (proxy, method, arguments) -> {
              throw new IllegalStateException("Promise already completed");
            });
    Transport transport = new EventBusTransport(bus, "node1");
    assertThatCode(() -> transport.send("node2", PRESENCE)).doesNotThrowAnyException();
  }

  private static EventBus failing(InvocationHandler handler) {
    return (EventBus)
        Proxy.newProxyInstance(
            EventBus.class.getClassLoader(), new Class<?>[] {EventBus.class}, handler);
  }
}
