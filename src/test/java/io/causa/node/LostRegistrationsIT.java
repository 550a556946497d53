package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.multimap.MultiMap;
import io.causa.TestPorts;
import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two members with a real cluster between them, whose registry of addresses loses some or keeps
 * those of the dead, as after a split.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostRegistrationsIT {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String cluster = "registry-" + ProcessHandle.current().pid() + "-" + hashCode();
  private final List<CausaNode> nodes = new ArrayList<>();

  @BeforeAll
  void startTwoNodes() throws Exception {
    int contact = TestPorts.free();
    start("node1", contact, contact);
    start("node2", TestPorts.free(), contact);
    for (CausaNode node : nodes) {
      await(() -> status(node).peers().stream().anyMatch(peer -> !peer.silent()));
    }
  }

  @AfterAll
  void stopAll() {
    nodes.forEach(node -> node.stop().await());
  }

  @ParameterizedTest
  @ValueSource(strings = {"causa.node2.control", "causa.node2.writes", "causa.presence"})
  void aNodeWhoseRegistrationIsLostIsReachableAgainWithoutARestart(String address)
      throws Exception {
    long before = status(nodes.get(1)).bus().renewals();
    registry().remove(address);

    await(() -> status(nodes.get(1)).bus().renewals() > before);
    await(() -> nodes.stream().allMatch(node -> status(node).bus().trouble().isEmpty()));
    VersionVector written = write(nodes.get(0));

    await(() -> nodes.get(1).store().view().applied().covers(written));
    assertThat(registry().get(address)).isNotEmpty();
  }

  @Test
  void theAddressesOfAMemberThatIsNoMoreAreRemoved() throws Exception {
    var ghost = new HazelcastRegistrationInfo(new RegistrationInfo("ghost", 1, false));
    registry().put("causa.node2.control", ghost);
    registry().put("causa.node2.writes", ghost);

    await(() -> !registry().containsValue(ghost));

    VersionVector written = write(nodes.get(0));
    await(() -> nodes.get(1).store().view().applied().covers(written));
  }

  /** The first member's view of it, as good as any. */
  private MultiMap<String, HazelcastRegistrationInfo> registry() {
    HazelcastInstance member =
        Hazelcast.getAllHazelcastInstances().stream()
            .filter(each -> each.getConfig().getClusterName().equals(cluster))
            .findFirst()
            .orElseThrow();
    return member.getMultiMap("__vertx.subs");
  }

  private static NodeStatus status(CausaNode node) {
    return node.status().await();
  }

  private static VersionVector write(CausaNode node) {
    List<Mutation> put = List.of(new Mutation.Put("key", Value.text("value")));
    Future<Void> never = Promise.<Void>promise().future();
    Outcome<Dot> outcome =
        node.store()
            .write(new WriteRequest(put, VersionVector.EMPTY, 20_000, false), never)
            .await();
    return ((Outcome.Done<Dot>) outcome).applied();
  }

  private void start(String name, int port, int contact) {
    Map<String, String> settings = new HashMap<>();
    settings.put("node.id", name);
    settings.put("node.stopMillis", "2000");
    settings.put("storage.mode", "memory");
    settings.put("cluster.name", cluster);
    settings.put("cluster.port", Integer.toString(port));
    settings.put("cluster.join", "127.0.0.1:" + contact);
    settings.put("replication.digestIntervalMillis", "50");
    settings.put("replication.presenceIntervalMillis", "100");
    settings.put("replication.silentAfterMillis", "300");
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    CausaNode node = CausaNode.start(config, ports -> NoEdge::new).await();
    nodes.add(node);
    node.ready().await();
  }

  private static void await(Callable<Boolean> reached) throws Exception {
    long start = System.nanoTime();
    while (!reached.call()) {
      assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
