package io.causa.node;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.engine.BadMessages;
import io.causa.engine.Engine;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.port.FaultyTransport;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Transport;
import io.causa.membership.Retirement;
import io.causa.node.bus.EventBusTransport;
import io.causa.node.bus.Outbox;
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
import io.causa.node.port.StorePort;
import io.causa.replication.link.LinkFaultRule;
import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One running node: an {@link Engine} with its host, its storage, its cluster and its HTTP edge.
 *
 * <p>Starts in the order that loses nothing: open the storage, join the cluster, start the engine
 * and await that the cluster knows its addresses, exchange digests, catch up, be ready. The HTTP
 * edge answers from the moment the cluster is joined; until the node is ready it says so.
 */
public final class CausaNode implements NodePort {

  /** How long a status may take: it asks every loop, and a closed loop does not answer. */
  private static final long STATUS_SECONDS = 10;

  private final NodeConfig config;
  private final Storage storage;
  private final FailStop failStop = new FailStop();
  private final NodeClock clock = new NodeClock();
  private final VertxHost host;
  private final Engine engine;
  private final Optional<FaultyTransport> links;
  private final EnginePorts ports;
  private final Backups backups;
  private final CallersLoop callers;
  private final Future<Void> ready;
  private Future<Void> stopped;

  /** Starts a node that may take any generation. */
  public static Future<CausaNode> start(
      NodeConfig told, Function<NodePort, Supplier<? extends Deployable>> http) {
    return start(told, 0, http);
  }

  /**
   * Starts a node. Blocks while its data is read, so it is not for an event loop.
   *
   * @param told everything it is told; what shares the heap is cut to its part of it
   * @param least the least generation that a node without data may take
   * @param http makes the HTTP edge of a node, for each core one instance
   * @return completes when the node has joined its cluster and begun to catch up; fails with a
   *     message for people, and then nothing is left open
   */
  public static Future<CausaNode> start(
      NodeConfig told, long least, Function<NodePort, Supplier<? extends Deployable>> http) {
    NodeConfig config = HeapShare.fitInto(Runtime.getRuntime().maxMemory(), told);
    Storage storage;
    try {
      DataLimits.of(config.store());
      storage = StorageOpener.open(config, least);
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
    BadMessages bad = new BadMessages(System::nanoTime);
    Transport bus =
        new EventBusTransport(
            member.vertx().eventBus(),
            new Outbox(member.vertx()),
            member.registrations(),
            bad,
            config.node().id());
    BooleanSupplier subscribed = member.watch(BusSubscribers.address(config.node().id()));
    CausaNode node = new CausaNode(config, member.vertx(), storage, bus, bad, subscribed);
    return node.deploy(http)
        .onSuccess(deployed -> node.begin(member.others()))
        .map(node)
        .recover(cause -> node.stop().transform(stopped -> Future.failedFuture(cause)));
  }

  /**
   * A node over any transport, with subscribers; nothing is deployed yet.
   *
   * @param vertx its own, not shared with another node
   */
  CausaNode(NodeConfig config, Vertx vertx, Storage storage, Transport network) {
    this(config, vertx, storage, network, new BadMessages(System::nanoTime), () -> true);
  }

  /**
   * @param bad counts what the transport drops, too
   * @param subscribed whether anybody listens to the writes that are applied here
   */
  CausaNode(
      NodeConfig config,
      Vertx vertx,
      Storage storage,
      Transport network,
      BadMessages bad,
      BooleanSupplier subscribed) {
    this.config = config;
    this.storage = storage;
    this.host = new VertxHost(vertx, failStop, clock);
    failStop.guardAgainstLackOfMemory(vertx);
    storage.checked().whenComplete((sound, damage) -> stopIfDamaged(damage));
    this.links = config.node().faults() ? Optional.of(faulty(network)) : Optional.empty();
    this.engine =
        new Engine(
            EngineLimits.of(config),
            storage,
            links.<Transport>map(faulty -> faulty).orElse(network),
            new BusSubscribers(
                vertx, config.node().id(), config.cluster().name(), this::names, subscribed),
            host,
            bad,
            Observer.NONE);
    this.callers = new CallersLoop(vertx);
    this.ports = new EnginePorts(engine, callers);
    this.backups = new Backups(config.storage(), storage, vertx);
    this.ready = Future.fromCompletionStage(engine.ready());
  }

  private FaultyTransport faulty(Transport network) {
    return new FaultyTransport(
        network, config.node().id(), config.replication().heldBytes(), clock, new Random());
  }

  private void stopIfDamaged(Throwable damage) {
    if (damage != null) {
      failStop.stop("a part of the data that the start did not need is damaged", damage);
    }
  }

  /** Starts the engine, and then the edge. */
  Future<Void> deploy(Function<NodePort, Supplier<? extends Deployable>> http) {
    return Future.fromCompletionStage(engine.start())
        .compose(started -> host.openHttp(http.apply(this)));
  }

  /**
   * Begins to talk to the peers.
   *
   * @param otherMembers how many other members the cluster has
   */
  void begin(int otherMembers) {
    engine.join(otherMembers);
  }

  /** Completes with the cause when an invariant broke and the process must end. */
  public Future<Throwable> broken() {
    return failStop.broken();
  }

  /** Completes when the node has caught up and serves clients. */
  public Future<Void> ready() {
    return ready;
  }

  /**
   * Stops in order, step by step, within {@code node.stopMillis}: when a step fails or hangs, the
   * later ones are taken all the same. Told again, it is the same stop.
   *
   * @return completes on any thread; fails if the storage could not be closed
   */
  public synchronized Future<Void> stop() {
    if (stopped == null) {
      boolean serving = isReady() && !failStop.broken().isComplete();
      stopped = Future.fromCompletionStage(engine.stop(serving));
    }
    return stopped;
  }

  /** Returns where clients reach this node. */
  public String httpUrl() {
    return config.httpUrl();
  }

  @Override
  public Replica self() {
    return storage.recovered().self();
  }

  @Override
  public String clusterName() {
    return config.cluster().name();
  }

  @Override
  public ReplicaNames names() {
    return engine.names();
  }

  @Override
  public Retirement retirement() {
    return engine.retirement();
  }

  @Override
  public boolean isReady() {
    return engine.isReady();
  }

  @Override
  public boolean takesIn() {
    return engine.takesIn();
  }

  @Override
  public boolean isStopping() {
    return engine.isStopping();
  }

  @Override
  public long requestMillis() {
    return host.requestMillis();
  }

  @Override
  public void outOfMemory(OutOfMemoryError lack) {
    failStop.outOfMemory(lack);
  }

  @Override
  public StorePort store() {
    return ports;
  }

  @Override
  public HeldPort held() {
    return ports;
  }

  @Override
  public AcksPort acks() {
    return ports;
  }

  @Override
  public MembersPort members() {
    return ports;
  }

  @Override
  public Map<String, Long> byteBudgets() {
    return HeapShare.budgets(config);
  }

  @Override
  public Future<NodeStatus> status() {
    return callers.<NodeStatus>ask(engine::status).timeout(STATUS_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Future<BackupOutcome> backup(BackupName name) {
    return backups.make(name);
  }

  @Override
  public boolean faultsAllowed() {
    return links.isPresent();
  }

  @Override
  public List<LinkFaultRule> faults() {
    return links.map(FaultyTransport::rules).orElse(List.of());
  }

  /**
   * Replaces all link faults.
   *
   * @throws IllegalStateException if the node was not told to allow them
   */
  @Override
  public void setFaults(List<LinkFaultRule> rules) {
    links
        .orElseThrow(() -> new IllegalStateException("link faults are off (--faults)"))
        .setRules(rules);
  }
}
