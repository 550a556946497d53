package io.causa.node.cluster;

import io.causa.node.bus.Registrations;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The cluster manager of Hazelcast, except that it joins in the {@link FoundingOrder}, and can
 * bring the cluster's registry of event-bus addresses back in order: it remembers what this node
 * registered, because the registry may forget that in a split.
 */
final class OrderlyClusterManager extends HazelcastClusterManager implements Registrations {
  /** A member that has just joined may be in the registry before it is in the list of members. */
  private static final long SECOND_LOOK_MILLIS = 1_000;

  private record Own(String address, RegistrationInfo info) {}

  private final FoundingOrder order;
  private final Set<Own> own = ConcurrentHashMap.newKeySet();
  private final OneAtATime<Set<String>> checks = new OneAtATime<>();
  private final OneAtATime<Void> renewals = new OneAtATime<>();
  private Vertx vertx;

  OrderlyClusterManager(NodeConfig.Cluster cluster, FoundingOrder order) {
    super(HazelcastSettings.of(cluster, order.others()));
    this.order = order;
  }

  @Override
  public void init(Vertx vertx) {
    super.init(vertx);
    this.vertx = vertx;
  }

  @Override
  public void join(Completable<Void> promise) {
    vertx
        .executeBlocking(() -> HeadStart.give(order, ContactProbe::answers))
        .onSuccess(answered -> super.join(promise))
        .onFailure(promise::fail);
  }

  @Override
  public void addRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    own.add(new Own(address, info));
    super.addRegistration(address, info, promise);
  }

  @Override
  public void removeRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    own.remove(new Own(address, info));
    super.removeRegistration(address, info, promise);
  }

  @Override
  public Future<Set<String>> registered() {
    return checks.run(
        () -> vertx.executeBlocking(() -> known(new Registry(getHazelcastInstance())), false));
  }

  private Set<String> known(Registry registry) {
    Set<String> known = new TreeSet<>();
    if (registry.knows(getNodeId())) {
      own.forEach(each -> known.add(each.address()));
      own.stream()
          .filter(each -> !each.info().localOnly() && !registry.has(each.address(), each.info()))
          .forEach(lost -> known.remove(lost.address()));
    }
    return known;
  }

  @Override
  public Future<Void> renew() {
    return renewals.run(
        () -> removeGhosts().compose(clean -> registerNode()).compose(x -> registerAll()));
  }

  /** Registrations of nodes that are no members, at two looks. */
  private Future<Void> removeGhosts() {
    Registry registry = new Registry(getHazelcastInstance());
    return vertx
        .executeBlocking(() -> registry.strangers(getNodes()), false)
        .compose(
            strangers ->
                strangers.isEmpty()
                    ? Future.succeededFuture()
                    : vertx
                        .timer(SECOND_LOOK_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(later -> remove(registry, strangers)));
  }

  private Future<Void> remove(Registry registry, Set<String> strangers) {
    return vertx.executeBlocking(
        () -> {
          strangers.removeAll(getNodes());
          registry.remove(strangers);
          return null;
        },
        false);
  }

  /** Where this node's bus listens, without which nobody can connect to it. */
  private Future<Void> registerNode() {
    Promise<Void> done = Promise.promise();
    setNodeInfo(getNodeInfo(), done);
    return done.future();
  }

  /**
   * Each registration is removed and made again. To make one that is there still would change
   * nothing, and tell nobody; so those members hear of it, too, that had forgotten it.
   */
  private Future<Void> registerAll() {
    List<Future<Void>> all = new ArrayList<>();
    for (Own each : own) {
      if (!each.info().localOnly()) {
        all.add(
            registry(super::removeRegistration, each)
                .compose(removed -> registry(super::addRegistration, each)));
      }
    }
    return Future.join(all).mapEmpty();
  }

  private interface RegistryOperation {
    void run(String address, RegistrationInfo info, Completable<Void> promise);
  }

  private static Future<Void> registry(RegistryOperation operation, Own each) {
    Promise<Void> done = Promise.promise();
    operation.run(each.address(), each.info(), done);
    return done.future();
  }
}
