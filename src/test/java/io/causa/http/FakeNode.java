package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldWrite;
import io.causa.engine.api.NodeStatus;
import io.causa.membership.Agreement;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Retirement;
import io.causa.node.port.AcksPort;
import io.causa.node.port.BackupName;
import io.causa.node.port.BackupOutcome;
import io.causa.node.port.HeldPort;
import io.causa.node.port.MembersPort;
import io.causa.node.port.NodePort;
import io.causa.replication.link.LinkFaultRule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A node whose insides a test can set. */
final class FakeNode implements NodePort {

  static final Replica SELF = new Replica("node1", 1);
  static final Replica PEER = new Replica("node2", 2);
  static final Replica THIRD = new Replica("node3", 3);
  static final String CLUSTER = "test";

  final FakeStore store;
  volatile ReplicaNames names = new ReplicaNames(List.of(SELF, PEER, THIRD));
  volatile boolean ready = true;
  volatile DataFill data = new DataFill(80, new DataLimit(100, 20), 0, 3);
  volatile boolean stopping;
  volatile long requestMillis;
  volatile boolean faultsAllowed = true;
  volatile Function<String, BackupOutcome> backup = BackupOutcome.Off::new;
  volatile OutOfMemoryError outOfMemory;
  volatile int acks;
  volatile Function<String, ForgetOutcome> forgetting = ForgetOutcome.Unknown::new;
  volatile Function<Replica, RetireOutcome> retiring = RetireOutcome.Unknown::new;
  volatile List<LinkFaultRule> faults = List.of();
  final FakeHeld held = new FakeHeld();

  FakeNode(Vertx vertx) {
    this.store = new FakeStore(vertx, SELF);
  }

  /** A write of the peer that follows its writes before it and depends on nothing else. */
  void applyFromPeer(long sequence, long lamport, Mutation... mutations) throws Exception {
    VersionVector dependencies =
        sequence == 1 ? VersionVector.EMPTY : VersionVector.of(new Dot(PEER, sequence - 1));
    Write write =
        new Write(new Dot(PEER, sequence), lamport, dependencies, List.of(mutations), 1_000);
    FakeStore.join(() -> store.deliver(write));
  }

  @Override
  public Replica self() {
    return SELF;
  }

  @Override
  public String clusterName() {
    return CLUSTER;
  }

  @Override
  public ReplicaNames names() {
    return names;
  }

  @Override
  public Retirement retirement() {
    return store.retirement;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public boolean takesIn() {
    return !data.isStopped();
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public long requestMillis() {
    return requestMillis;
  }

  @Override
  public void outOfMemory(OutOfMemoryError lack) {
    outOfMemory = lack;
  }

  @Override
  public FakeStore store() {
    return store;
  }

  @Override
  public HeldPort held() {
    return held;
  }

  @Override
  public Map<String, Long> byteBudgets() {
    return Map.of("store.heldBytes", 4096L);
  }

  @Override
  public AcksPort acks() {
    return (version, peers, waitMillis) -> Future.succeededFuture(acks);
  }

  @Override
  public MembersPort members() {
    return new MembersPort() {
      @Override
      public Future<ForgetOutcome> forget(String name) {
        return Future.succeededFuture(forgetting.apply(name));
      }

      @Override
      public Future<RetireOutcome> retire(Replica former) {
        return Future.succeededFuture(retiring.apply(former));
      }
    };
  }

  @Override
  public Future<NodeStatus> status() {
    VersionVector applied = store.view().applied();
    Dot missing = new Dot(SELF, 9);
    return store
        .parked()
        .map(
            parked ->
                new NodeStatus(
                    applied,
                    7,
                    store.view().size(),
                    1,
                    4,
                    1,
                    100,
                    List.of(new NodeStatus.Buffered(new Dot(PEER, 5), List.of("<b>"), missing)),
                    parked,
                    held.writes.size(),
                    2048,
                    List.of(new HeldWrite(new HeldId(46, 2), List.of("h"), 2048, 20, 500, missing)),
                    2,
                    List.of(new NodeStatus.Peer(PEER, "127.0.0.1:5002", false, 12, 3, 2, 1)),
                    List.of(
                        new MemberView(SELF, MemberView.State.SELF),
                        new MemberView(PEER, MemberView.State.LIVE),
                        new MemberView(THIRD, MemberView.State.SILENT)),
                    List.of(
                        new GenerationView(new Replica("node2", 1), 7, false, true, false),
                        new GenerationView(new Replica("node4", 1), 3, true, false, false)),
                    4096,
                    1 << 20,
                    VersionVector.of(new Dot(SELF, 1)),
                    new NodeStatus.Stability(VersionVector.of(missing), 3, List.of(PEER), 2),
                    new NodeStatus.Snapshots(
                        Optional.of(new NodeStatus.Fetching(PEER, 7, 900, false)),
                        List.of(new NodeStatus.Serving(PEER, 5))),
                    0,
                    ready ? "" : "waits for node2",
                    new NodeStatus.Bus(
                        "",
                        3,
                        0,
                        List.of(
                            new NodeStatus.BadMessages("node2", "damaged", 2),
                            new NodeStatus.BadMessages("node2", "forged", 1),
                            new NodeStatus.BadMessages("(unnamed)", "foreign", 4)),
                        3,
                        4096),
                    data,
                    new Agreement(
                        new TreeSet<>(Set.of("bases")), 3, new TreeSet<>(Set.of(THIRD)))));
  }

  @Override
  public Future<BackupOutcome> backup(BackupName name) {
    return Future.succeededFuture(backup.apply(name.text()));
  }

  @Override
  public boolean faultsAllowed() {
    return faultsAllowed;
  }

  @Override
  public List<LinkFaultRule> faults() {
    return faults;
  }

  @Override
  public void setFaults(List<LinkFaultRule> rules) {
    faults = rules;
  }
}
