package io.causa.node.cluster;

import io.causa.node.bus.Registrations;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster manager of Hazelcast, except that it joins in the {@link FoundingOrder}, and can
 * bring the cluster's registry of event-bus addresses back in order: it remembers what this node
 * registered, because the registry may forget that in a split. It keeps what the bus believes of
 * the registry up to date ({@link RegistrationView}). It can also leave the cluster and join it
 * again beneath a bus that goes on, with the same node id.
 */
final class OrderlyClusterManager implements ClusterManager, Registrations {
  /** A member that has just joined may be in the registry before it is in the list of members. */
  private static final long SECOND_LOOK_MILLIS = 1_000;

  /** How long this node may send to the wrong members after an event of the registry was lost. */
  private static final long REFRESH_MILLIS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyClusterManager.class);

  private record Own(String address, RegistrationInfo info) {}

  private final NodeConfig.Cluster cluster;
  private final FoundingOrder order;
  private final String nodeId = UUID.randomUUID().toString();
  private final Set<Own> own = ConcurrentHashMap.newKeySet();
  private final OneAtATime<Set<String>> checks = new OneAtATime<>();
  private final OneAtATime<Void> renewals = new OneAtATime<>();
  private final OneAtATime<Void> rejoins = new OneAtATime<>();
  private final OneAtATime<List<String>> refreshes = new OneAtATime<>();
  private Vertx vertx;
  private RegistrationView view;
  private NodeListener nodeListener;
  private volatile NodeInfo nodeInfo;
  private volatile HazelcastMember member;
  private volatile boolean isLeft;

  OrderlyClusterManager(NodeConfig.Cluster cluster, FoundingOrder order) {
    this.cluster = cluster;
    this.order = order;
  }

  @Override
  public void init(Vertx owner) {
    vertx = owner;
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    view = new RegistrationView(listener);
  }

  @Override
  public void nodeListener(NodeListener listener) {
    nodeListener = listener;
  }

  @Override
  public void join(Completable<Void> promise) {
    vertx
        .executeBlocking(() -> HeadStart.give(order, ContactProbe::answers))
        .compose(answered -> begin())
        .onSuccess(joined -> vertx.setPeriodic(REFRESH_MILLIS, timer -> refresh(timer)))
        .onComplete(promise);
  }

  private void refresh(long timer) {
    if (isLeft) {
      vertx.cancelTimer(timer);
    } else {
      refresh()
          .onSuccess(wrong -> wrong.forEach(it -> LOG.info("refreshed who listens at {}", it)));
    }
  }

  private Future<List<String>> refresh() {
    return refreshes.run(() -> view.refresh(this::read));
  }

  /** Returns what tells, on any thread, whether somebody listens at the address. */
  BooleanSupplier watch(String address) {
    BooleanSupplier listens = view.watch(address);
    refresh();
    return listens;
  }

  private Future<Void> begin() {
    return vertx
        .executeBlocking(() -> HazelcastMember.begin(cluster, order, nodeId), false)
        .compose(
            begun -> {
              member = begun;
              return begun.open(vertx, view, nodeListener);
            });
  }

  @Override
  public void leave(Completable<Void> promise) {
    isLeft = true;
    HazelcastMember left = member;
    Future<Void> done = left == null ? Future.succeededFuture() : left.leave(vertx);
    done.onComplete(promise);
  }

  @Override
  public boolean isActive() {
    HazelcastMember now = member;
    return now != null && now.manager().isActive();
  }

  @Override
  public String getNodeId() {
    return nodeId;
  }

  @Override
  public List<String> getNodes() {
    return member.manager().getNodes();
  }

  @Override
  public void setNodeInfo(NodeInfo info, Completable<Void> promise) {
    nodeInfo = info;
    member.manager().setNodeInfo(info, promise);
  }

  @Override
  public NodeInfo getNodeInfo() {
    return nodeInfo;
  }

  @Override
  public void getNodeInfo(String node, Completable<NodeInfo> promise) {
    member.manager().getNodeInfo(node, promise);
  }

  @Override
  public void addRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    own.add(new Own(address, info));
    member.manager().addRegistration(address, info, promise);
  }

  @Override
  public void removeRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
    own.remove(new Own(address, info));
    member.manager().removeRegistration(address, info, promise);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    read(address)
        .map(
            registrations -> {
              view.lookedUp(address, registrations);
              return registrations;
            })
        .onComplete(promise);
  }

  private Future<List<RegistrationInfo>> read(String address) {
    Promise<List<RegistrationInfo>> registrations = Promise.promise();
    member.manager().getRegistrations(address, registrations);
    return registrations.future();
  }

  @Override
  public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> promise) {
    member.manager().getAsyncMap(name, promise);
  }

  @Override
  public <K, V> Map<K, V> getSyncMap(String name) {
    return member.manager().getSyncMap(name);
  }

  @Override
  public void getLockWithTimeout(String name, long timeoutMillis, Completable<Lock> promise) {
    member.manager().getLockWithTimeout(name, timeoutMillis, promise);
  }

  @Override
  public void getCounter(String name, Completable<Counter> promise) {
    member.manager().getCounter(name, promise);
  }

  @Override
  public Future<Set<String>> registered() {
    return checks.run(() -> vertx.executeBlocking(this::known, false));
  }

  private Set<String> known() {
    Registry registry = new Registry(member.hazelcast());
    Set<String> known = new TreeSet<>();
    if (registry.knows(nodeId)) {
      own.forEach(each -> known.add(each.address()));
      own.stream()
          .filter(each -> !each.info().localOnly() && !registry.has(each.address(), each.info()))
          .forEach(lost -> known.remove(lost.address()));
    }
    return known;
  }

  @Override
  public Future<Void> renew() {
    return renewals.run(() -> removeGhosts().compose(clean -> registerAll()));
  }

  @Override
  public Future<Void> rejoin() {
    return rejoins.run(
        () -> member.leaveByForce(vertx).compose(left -> begin()).compose(joined -> registerAll()));
  }

  /** Registrations of nodes that are no members, at two looks. */
  private Future<Void> removeGhosts() {
    Registry registry = new Registry(member.hazelcast());
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

  /**
   * Where this node's bus listens, without which nobody can connect to it, and all its addresses.
   * Each is removed and made again: to make one that is there still would change nothing, and tell
   * nobody. So those members hear of it, too, that had forgotten it.
   */
  private Future<Void> registerAll() {
    Promise<Void> node = Promise.promise();
    setNodeInfo(nodeInfo, node);
    List<Future<Void>> all = new ArrayList<>(List.of(node.future()));
    own.stream().filter(each -> !each.info().localOnly()).map(this::again).forEach(all::add);
    return Future.join(all).mapEmpty();
  }

  private Future<Void> again(Own each) {
    Promise<Void> removed = Promise.promise();
    member.manager().removeRegistration(each.address(), each.info(), removed);
    return removed.future().compose(gone -> add(each));
  }

  private Future<Void> add(Own each) {
    Promise<Void> added = Promise.promise();
    member.manager().addRegistration(each.address(), each.info(), added);
    return added.future();
  }
}
