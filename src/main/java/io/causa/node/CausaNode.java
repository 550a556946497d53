package io.causa.node;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.node.bus.BadMessages;
import io.causa.node.bus.EventBusTransport;
import io.causa.node.bus.FaultyTransport;
import io.causa.node.bus.Outbox;
import io.causa.node.bus.Transport;
import io.causa.node.cluster.ClusterMember;
import io.causa.node.config.ConfigException;
import io.causa.node.config.HeapShare;
import io.causa.node.config.NodeConfig;
import io.causa.node.port.AcksPort;
import io.causa.node.port.BackupName;
import io.causa.node.port.BackupOutcome;
import io.causa.node.port.HeldPort;
import io.causa.node.port.MembersPort;
import io.causa.node.port.NodePort;
import io.causa.node.port.NodeStatus;
import io.causa.node.port.StorePort;
import io.causa.replication.link.LinkFaultRule;
import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One running node: its verticles and what ties them together.
 *
 * <p>Starts in the order that loses nothing: open the storage, join the cluster, register the
 * consumers and await that the cluster knows them, exchange digests, catch up, be ready. The HTTP
 * edge answers from the moment the cluster is joined; until the node is ready it says so.
 */
public final class CausaNode implements NodePort {

  private final NodeConfig config;
  private final Vertx vertx;
  private final Storage storage;
  private final NodeIdentity identity;
  private final FailStop failStop = new FailStop();
  private final StoreVerticle store;
  private final DeliveryVerticle delivery;
  private final ReplicationVerticle replication;
  private final FeedVerticle feed;
  private final StatusCollector status;
  private final Backups backups;
  private final StopSteps stopSteps;
  private final AtomicReference<Future<Void>> stopping = new AtomicReference<>();

  /**
   * Starts a node. Blocks while its data is read, so it is not for an event loop.
   *
   * @param told everything it is told; what shares the heap is cut to its part of it
   * @param http makes the HTTP edge of a node, for each core one instance
   * @return completes when the node has joined its cluster and begun to catch up; fails with a
   *     message for people, and then nothing is left open
   */
  public static Future<CausaNode> start(
      NodeConfig told, Function<NodePort, Supplier<? extends Deployable>> http) {
    NodeConfig config = HeapShare.fitInto(Runtime.getRuntime().maxMemory(), told);
    Storage storage;
    try {
      DataLimits.of(config.store());
      storage = StorageOpener.open(config);
    } catch (StorageException | ConfigException cannotOpen) {
      return Future.failedFuture(cannotOpen);
    }
    return ClusterMember.join(config.cluster())
        .compose(member -> startOn(member, storage, config, http))
        .onFailure(cause -> storage.close());
  }

  private static Future<CausaNode> startOn(
      ClusterMember member,
      Storage storage,
      NodeConfig config,
      Function<NodePort, Supplier<? extends Deployable>> http) {
    BadMessages bad = new BadMessages();
    Transport bus =
        new EventBusTransport(
            member.vertx().eventBus(),
            new Outbox(member.vertx()),
            member.registrations(),
            bad,
            config.node().id());
    CausaNode node = new CausaNode(config, member.vertx(), storage, bus, bad);
    return node.deploy(http)
        .onSuccess(deployed -> node.begin(member.others()))
        .map(node)
        .recover(cause -> node.stop().transform(stopped -> Future.failedFuture(cause)));
  }

  /**
   * A node over any transport; nothing is deployed yet.
   *
   * @param vertx its own, not shared with another node
   */
  CausaNode(NodeConfig config, Vertx vertx, Storage storage, Transport network) {
    this(config, vertx, storage, network, new BadMessages());
  }

  /**
   * @param bad counts what the transport drops, too
   */
  CausaNode(NodeConfig config, Vertx vertx, Storage storage, Transport network, BadMessages bad) {
    this.config = config;
    this.vertx = vertx;
    failStop.guardAgainstLackOfMemory(vertx);
    this.storage = storage;
    var recovered = storage.recovered();
    this.identity =
        new NodeIdentity(
            recovered.self(),
            config.cluster().name(),
            new KnownReplicas(recovered.self(), recovered.applied(), storage.roster()));
    MessageAdmission admission = new MessageAdmission(identity.known(), bad);
    storage.checked().whenComplete((sound, damage) -> stopIfDamaged(damage));
    LocalBus localBus = LocalBus.of(vertx.eventBus());
    FaultyTransport links = links(network);
    this.store =
        new StoreVerticle(
            storage, config.store(), DataLimits.of(config.store()), localBus, failStop);
    this.delivery =
        new DeliveryVerticle(
            recovered,
            storage.incarnation().standing(),
            config.buffer(),
            admission,
            links,
            localBus,
            failStop);
    this.replication =
        new ReplicationVerticle(
            identity,
            httpUrl(),
            storage,
            store,
            config.replication(),
            admission,
            links,
            localBus,
            failStop);
    this.feed = new FeedVerticle(identity, config.feed(), localBus, failStop);
    this.status =
        new StatusCollector(store, delivery, replication, feed, storage, identity.known(), bad);
    this.backups = new Backups(config.storage(), storage, vertx);
    this.stopSteps = new StopSteps(vertx, storage, store, replication, failStop);
  }

  private void stopIfDamaged(Throwable damage) {
    if (damage != null) {
      failStop.stop("a part of the data that the start did not need is damaged", damage);
    }
  }

  private FaultyTransport links(Transport network) {
    return new FaultyTransport(
        network, config.node().id(), config.replication().heldBytes(), vertx, new Random());
  }

  /** Deploys the verticles; whoever is sent to listens before anyone sends. */
  Future<Void> deploy(Function<NodePort, Supplier<? extends Deployable>> http) {
    DeploymentOptions everyCore =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    return deploy(store)
        .compose(done -> deploy(feed))
        .compose(done -> deploy(replication))
        .compose(done -> deploy(delivery))
        .compose(done -> vertx.deployVerticle(http.apply(this), everyCore))
        .onSuccess(stopSteps::deployedHttp)
        .mapEmpty();
  }

  private Future<Void> deploy(VerticleBase verticle) {
    return vertx.deployVerticle(verticle).onSuccess(stopSteps::deployed).mapEmpty();
  }

  /**
   * Begins to talk to the peers.
   *
   * @param otherMembers how many other members the cluster has
   */
  void begin(int otherMembers) {
    replication.begin(otherMembers);
  }

  /** Completes with the cause when an invariant broke and the process must end. */
  public Future<Throwable> broken() {
    return failStop.broken();
  }

  /** Completes when the node has caught up and serves clients. */
  public Future<Void> ready() {
    return replication.ready();
  }

  /**
   * Stops in order, step by step, within {@code node.stopMillis}: whatever step fails or hangs, the
   * later ones are taken. Told again, it is the same stop.
   *
   * @return completes on any thread; fails if the storage could not be closed
   */
  public Future<Void> stop() {
    Promise<Void> stopped = Promise.promise();
    if (stopping.compareAndSet(null, stopped.future())) {
      boolean serving = isReady() && !failStop.broken().isComplete();
      StopPlan plan = StopPlan.of(serving, config.node().stopMillis());
      OrderlyStop.run(plan, stopSteps)
          .thenCompose(over -> stopSteps.requireStorageClosed())
          .whenComplete((closed, failure) -> complete(stopped, failure));
    }
    return stopping.get();
  }

  private static void complete(Promise<Void> stopped, Throwable failure) {
    if (failure == null) {
      stopped.complete();
    } else {
      stopped.fail(failure);
    }
  }

  /** Where clients reach this node. */
  public String httpUrl() {
    return config.httpUrl();
  }

  @Override
  public Replica self() {
    return identity.self();
  }

  @Override
  public String clusterName() {
    return identity.clusterName();
  }

  @Override
  public ReplicaNames names() {
    return identity.names();
  }

  @Override
  public boolean isReady() {
    return replication.ready().succeeded();
  }

  @Override
  public boolean takesIn() {
    return store.takesIn() && !replication.lacksRoom();
  }

  @Override
  public boolean isStopping() {
    return stopping.get() != null;
  }

  @Override
  public long requestMillis() {
    return stopSteps.requestMillis();
  }

  @Override
  public void outOfMemory(OutOfMemoryError lack) {
    failStop.outOfMemory(lack);
  }

  @Override
  public StorePort store() {
    return store;
  }

  @Override
  public HeldPort held() {
    return store.held();
  }

  @Override
  public Map<String, Long> byteBudgets() {
    return HeapShare.budgets(config);
  }

  @Override
  public AcksPort acks() {
    return replication;
  }

  @Override
  public MembersPort members() {
    return replication;
  }

  @Override
  public Future<NodeStatus> status() {
    return status.collect();
  }

  @Override
  public Future<BackupOutcome> backup(BackupName name) {
    return backups.make(name);
  }

  @Override
  public boolean faultsAllowed() {
    return config.node().faults();
  }

  @Override
  public List<LinkFaultRule> faults() {
    return replication.faults();
  }

  @Override
  public void setFaults(List<LinkFaultRule> rules) {
    replication.setFaults(rules);
  }
}
