package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.stop.OrderlyStop;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.storage.MemoryStorage;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Real verticles and storage; the ends of the process and of the cluster are played. */
class NodeStopTest {

  private final List<Vertx> vertxes = new ArrayList<>();
  private final Vertx timers = vertx();
  private final LossyNetwork network = new LossyNetwork(timers, 1, 0, 0);
  private final Logger stops = (Logger) LoggerFactory.getLogger(OrderlyStop.class);
  private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    warnings.start();
    stops.addAppender(warnings);
  }

  @AfterEach
  void closeAll() throws Exception {
    stops.detachAppender(warnings);
    network.cut();
    for (Vertx vertx : vertxes) {
      await(vertx.close());
    }
  }

  @Test
  void aNodeInMemoryEndsOnlyWhenItsPeersHaveEverythingItAcknowledged() throws Exception {
    CausaNode peer = start("node2", memory("node2"), vertx(), 60_000, 0);
    CausaNode node = start("node1", memory("node1"), vertx(), 60_000, 1);
    await(peer.ready());
    await(node.ready());
    for (int i = 0; i < 500; i++) {
      node.store().write(put("k" + i), never());
    }
    VersionVector acknowledged =
        ((Outcome.Done<Dot>) await(node.store().write(put("last"), never()))).applied();

    Future<Void> stopped = node.stop();
    assertThat(node.isStopping()).isTrue();
    assertThat(node.isReady()).as("it serves on for a while").isTrue();
    assertThat(node.isAvailable()).isFalse();
    await(stopped);

    assertThat(warnings.list).as("no step is left undone").isEmpty();
    assertThat(peer.store().view().applied().covers(acknowledged)).isTrue();
  }

  @Test
  void aSecondStopIsTheFirst() throws Exception {
    CausaNode node = start("node1", memory("node1"), vertx(), 200, 0);
    assertThat(node.stop()).isSameAs(node.stop());
    await(node.stop());
  }

  @Test
  void theStorageIsClosedAlsoWhenTheClusterHoldsUpEverythingElse() throws Exception {
    CausaNode node = start("node1", rocks(), hanging(vertx()), 500, 0);
    await(node.ready());
    VersionVector acknowledged =
        ((Outcome.Done<Dot>) await(node.store().write(put("a"), never()))).applied();

    await(node.stop());

    Storage again = rocks();
    assertThat(again.recovered().applied()).isEqualTo(acknowledged);
    again.close().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private CausaNode start(String name, Storage storage, Vertx vertx, long stopMillis, int others)
      throws Exception {
    Map<String, String> settings =
        Map.of("node.id", name, "node.stopMillis", Long.toString(stopMillis));
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    CausaNode node = new CausaNode(config, vertx, storage, network.at(name, vertx));
    await(node.deploy(ports -> NoEdge::new));
    node.begin(others);
    return node;
  }

  private static Storage memory(String name) {
    return new MemoryStorage(new Replica(name, 1), 1 << 20);
  }

  private Storage rocks() {
    var options = new RocksStorage.Options(directory, Durability.FSYNC, 1 << 20, "node1", "causa");
    return RocksStorage.open(options, System::currentTimeMillis);
  }

  private Vertx vertx() {
    Vertx vertx = Vertx.vertx();
    vertxes.add(vertx);
    return vertx;
  }

  /** A Vert.x whose verticles never end and which never closes, as when Hazelcast hangs. */
  private static Vertx hanging(Vertx real) {
    return (Vertx)
        Proxy.newProxyInstance(
            NodeStopTest.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) -> {
              if (Set.of("close", "undeploy").contains(method.getName())) {
                return never();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static WriteRequest put(String key) {
    List<Mutation> put = List.of(new Mutation.Put(key, Value.text("1")));
    return new WriteRequest(put, VersionVector.EMPTY, 0, false);
  }

  private static Future<Void> never() {
    return Promise.<Void>promise().future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
