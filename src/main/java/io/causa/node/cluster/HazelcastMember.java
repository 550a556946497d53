package io.causa.node.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.TimeUnit;

/**
 * One membership of the cluster, from joining to leaving: an instance of Hazelcast, and the cluster
 * manager of Vert.x on top. The node's id comes from outside, so that a later membership of the
 * same bus can have the same.
 *
 * @param hazelcast the instance
 * @param manager what Vert.x makes of it
 */
record HazelcastMember(HazelcastInstance hazelcast, HazelcastClusterManager manager) {
  private static final String NODE_ID_ATTRIBUTE = "__vertx.nodeId";
  private static final long LEAVE_MILLIS = 5_000;

  /** Joins; blocks, for worker threads only. */
  static HazelcastMember begin(NodeConfig.Cluster cluster, FoundingOrder order, String nodeId) {
    Config config = HazelcastSettings.of(cluster, order.others());
    config.getMemberAttributeConfig().setAttribute(NODE_ID_ATTRIBUTE, nodeId);
    HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config);
    return new HazelcastMember(hazelcast, new HazelcastClusterManager(hazelcast));
  }

  /** Lets the bus work with it. */
  Future<Void> open(Vertx vertx, RegistrationListener registrations, NodeListener nodes) {
    manager.init(vertx);
    manager.registrationListener(registrations);
    manager.nodeListener(nodes);
    Promise<Void> joined = Promise.promise();
    manager.join(joined);
    return joined.future();
  }

  /** Leaves in good order: the others take over what is kept here. */
  Future<Void> leave(Vertx vertx) {
    return close().eventually(() -> vertx.executeBlocking(this::shutDown, false));
  }

  /** Leaves at once, whether the rest of the cluster answers or not. */
  Future<Void> leaveByForce(Vertx vertx) {
    return close()
        .timeout(LEAVE_MILLIS, TimeUnit.MILLISECONDS)
        .transform(closed -> vertx.executeBlocking(this::terminate, false));
  }

  private Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    manager.leave(closed);
    return closed.future();
  }

  private Void shutDown() {
    hazelcast.getLifecycleService().shutdown();
    return null;
  }

  private Void terminate() {
    hazelcast.getLifecycleService().terminate();
    return null;
  }
}
