package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.core.CausalBuffer;
import io.causa.core.StagedWrite;
import io.causa.core.store.StoreLimits;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Subscribers;
import io.causa.engine.port.Transport;
import io.causa.replication.ReplicationSettings;
import io.causa.storage.MemoryStorage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order an engine starts, and what becomes of a start that cannot be finished. */
class EngineTest {

  private static final long STOP_MILLIS = 1000;

  private final ManualHost host = new ManualHost();
  private final List<String> listened = new ArrayList<>();
  private final CompletableFuture<Void> hearsWrites = new CompletableFuture<>();
  private final Engine engine = engine();

  @Test
  void deliveryHearsBeforeReplicationListens() {
    CompletableFuture<Void> started = start();
    assertThat(listened).containsExactly("onWrites");

    hearsWrites.complete(null);

    assertThat(listened).containsExactly("onWrites", "onControl");
    assertThat(started).isCompleted();
  }

  @ParameterizedTest
  @EnumSource
  void aLoopThatCannotBeOpenedFailsTheStart(LoopName name) {
    host.unopenable.add(name);
    hearsWrites.complete(null);

    assertThat(start())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("no loop for " + name);
  }

  @Test
  void anEngineThatIsToldToStopWhileItStartsOpensNothingMore() {
    CompletableFuture<Void> started = start();
    CompletableFuture<Void> stopped = engine.stop(false).toCompletableFuture();
    host.clock().runAll();

    hearsWrites.complete(null);

    assertThat(started)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("told to stop while it started");
    assertThat(listened).containsExactly("onWrites");
    host.pass(STOP_MILLIS);
    assertThat(stopped).isCompleted();
  }

  private CompletableFuture<Void> start() {
    return engine.start().toCompletableFuture();
  }

  private Engine engine() {
    return new Engine(
        new EngineSettings(
            "http://node1",
            new StoreLimits(10, 1 << 20, 10),
            new CausalBuffer.Limits(10, 1 << 20, 1 << 20),
            new ReplicationSettings(
                1024, 4096, 1000, 8000, 500, 3000, 700, 1000, 2048, 3000, 10_000),
            1 << 20,
            TurnLimits.USUAL,
            STOP_MILLIS),
        new MemoryStorage(new Replica("node1", 1), 1 << 20),
        transport(),
        new Nobody(),
        host,
        new BadMessages(() -> 0),
        Observer.NONE);
  }

  /** A way to peers that nobody answers on. */
  private Transport transport() {
    return (Transport)
        Proxy.newProxyInstance(
            Transport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "onWrites" -> {
                    listened.add("onWrites");
                    yield hearsWrites;
                  }
                  case "onControl" -> {
                    listened.add("onControl");
                    yield CompletableFuture.completedStage(null);
                  }
                  case "registered" -> CompletableFuture.completedStage(Set.of());
                  default -> null;
                });
  }

  private static final class Nobody implements Subscribers {
    @Override
    public boolean present() {
      return false;
    }

    @Override
    public void publish(StagedWrite applied, Runnable sent) {
      throw new IllegalStateException("nobody listens");
    }
  }
}
