package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.TestPorts;
import io.causa.engine.api.NodeStatus;
import io.causa.node.cluster.ClusterMember;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member of the cluster that is no node of ours, over the real bus. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileMemberIT {

  private static final int LARGE_BYTES = 4 << 20;
  private static final List<String> LOCAL =
      List.of("deliverable", "received", "stable", "confirmed", "retired", "applied");

  private final String cluster = "hostile-" + ProcessHandle.current().pid();
  private final List<Runnable> ends = new ArrayList<>();

  @AfterEach
  void endAll() {
    ends.forEach(Runnable::run);
  }

  @Test
  void whateverItSendsTheNodeGoesOn() throws IOException {
    int contact = TestPorts.free();
    CausaNode node = CausaNode.start(config("node1", contact, contact), p -> NoEdge::new).await();
    ends.add(() -> node.stop().await());
    node.ready().await();
    ClusterMember stranger =
        ClusterMember.join(config("stranger", TestPorts.free(), contact).cluster()).await();
    ends.add(() -> stranger.vertx().close().await());

    new HostileMessages(stranger.vertx().eventBus(), node.self()).sendAll(LARGE_BYTES);

    for (NodeStatus now = status(node);
        total(now) < HostileBusTest.HostileBus.TOTAL;
        now = status(node)) {
      assertThat(node.broken().isComplete()).isFalse();
      stranger.vertx().timer(20, TimeUnit.MILLISECONDS).await();
    }
    assertThat(status(node).bus().replicas()).isEqualTo(1);
    assertThat(status(node).bus().badMessages())
        .contains(new NodeStatus.BadMessages("stranger", "too many replicas", 1));
  }

  /** What passes between the verticles of a node is nowhere registered with the cluster. */
  @Test
  void theNodesOwnAddressesAreNotReached() throws IOException {
    int contact = TestPorts.free();
    CausaNode node = CausaNode.start(config("node1", contact, contact), p -> NoEdge::new).await();
    ends.add(() -> node.stop().await());
    ClusterMember stranger =
        ClusterMember.join(config("stranger", TestPorts.free(), contact).cluster()).await();
    ends.add(() -> stranger.vertx().close().await());
    EventBus bus = stranger.vertx().eventBus();

    for (String address : LOCAL) {
      Future<Void> sent = bus.<Object>sender("causa.local." + address).write("text");
      assertThat(sent.transform(done -> Future.succeededFuture(done.failed())).await()).isTrue();
    }
    assertThat(node.broken().isComplete()).isFalse();
  }

  private static NodeStatus status(CausaNode node) {
    return node.status().await();
  }

  private static long total(NodeStatus status) {
    return status.bus().badMessages().stream().mapToLong(NodeStatus.BadMessages::messages).sum();
  }

  private NodeConfig config(String name, int port, int contact) {
    return NodeConfigLoader.load(
        Map.of(
            "node.id",
            name,
            "storage.mode",
            "memory",
            "cluster.name",
            cluster,
            "cluster.port",
            Integer.toString(port),
            "cluster.join",
            "127.0.0.1:" + contact),
        Map.of(),
        Optional.empty());
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
