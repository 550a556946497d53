package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;
import io.causa.core.Value;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.Snapshot;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import io.causa.node.config.NodeConfig;
import io.causa.node.port.NodePort;
import io.causa.wire.ValueJson;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer of {@code GET /status}. */
final class StatusJson {

  /** How many keys are shown with their values. */
  static final int STORE_KEYS = 100;

  /** Larger values are left out. */
  static final int STORE_VALUE_BYTES = 4096;

  private static final String STOPPING = "the node is stopping; other nodes serve";

  private final NodePort node;
  private final ReplicaNames names;
  private final NodeStatus status;

  private StatusJson(NodePort node, NodeStatus status) {
    this.node = node;
    this.names = node.names();
    this.status = status;
  }

  static JsonObject of(Edge edge, StatusRoutes.Picture picture) {
    StatusJson writer = new StatusJson(edge.node(), picture.status());
    JsonObject json = identity(edge.node(), picture.clock());
    writer.putStore(json, picture.store());
    writer.putWaiting(json, picture);
    writer.putCluster(json);
    JsonObject limits = limits(edge.limits());
    edge.node().byteBudgets().forEach(limits::put);
    json.put("access", AccessJson.of(edge.access()));
    return json.put("http", http(edge.load())).put("memory", memory()).put("limits", limits);
  }

  /** Why nobody should be sent here, for people; empty if clients should. */
  static String notReady(NodePort node, NodeStatus status) {
    return node.isStopping() ? STOPPING : status.notReady();
  }

  /** Who answers, and how far it is. */
  static JsonObject heartbeat(NodePort node, VersionVector applied) {
    return identity(node, applied);
  }

  /** What anybody may know: who answers, and whether it serves. */
  static JsonObject forStrangers(NodePort node) {
    return new JsonObject()
        .put("id", node.self().name())
        .put("cluster", node.clusterName())
        .put("ready", node.isAvailable());
  }

  private static JsonObject identity(NodePort node, VersionVector applied) {
    JsonObject clock = VectorJson.toJson(applied, node.names());
    return new JsonObject()
        .put("id", node.self().name())
        .put("replica", node.self().toString())
        .put("cluster", node.clusterName())
        .put("ready", node.isAvailable())
        .put("vc", clock)
        .put("clock", clock.copy());
  }

  private void putStore(JsonObject json, Snapshot snapshot) {
    String notReady = notReady(node, status);
    if (!notReady.isEmpty()) {
      json.put("notReady", notReady);
    }
    JsonObject store = new JsonObject();
    for (Snapshot.KeyedState keyed : snapshot.keys()) {
      shown(keyed).ifPresent(value -> store.put(keyed.key(), ValueJson.toJson(value)));
    }
    boolean truncated = snapshot.more() || store.size() < snapshot.keys().size();
    json.put("data", data(status.data()))
        .put("lamport", status.lamport())
        .put("store", store)
        .put("store_truncated", truncated)
        .put("keys", status.keys())
        .put("conflicts", status.conflicts())
        .put("conflicts_seen", status.conflictsSeen());
  }

  private static JsonObject data(DataFill fill) {
    return new JsonObject()
        .put("bytes", fill.usedBytes())
        .put("limitBytes", fill.limit().bytes())
        .put("reserveBytes", fill.limit().reserveBytes())
        .put("percent", fill.percent())
        .put("refused_writes", fill.refusedWrites())
        .put("waiting_writes", fill.waitingWrites())
        .put("takes_in", !fill.isStopped());
  }

  private static Optional<Value> shown(Snapshot.KeyedState keyed) {
    return keyed
        .state()
        .flatMap(state -> state.visible().value())
        .filter(value -> value.bytes().length() <= STORE_VALUE_BYTES);
  }

  private void putWaiting(JsonObject json, StatusRoutes.Picture picture) {
    JsonArray buffered = new JsonArray();
    picture.buffered().forEach(write -> buffered.add(json(write)));
    JsonArray held = new JsonArray();
    picture.held().forEach(write -> held.add(HeldJson.inList(write, names)));
    json.put("buffered_msgs", status.bufferedWrites())
        .put("buffered_bytes", status.bufferedBytes())
        .put("buffered", buffered)
        .put("held_requests", status.heldRequests())
        .put("held_writes", status.heldWrites())
        .put("held_bytes", status.heldBytes())
        .put("held", held)
        .put("expired_held", status.expiredHeld());
  }

  private JsonObject json(NodeStatus.Buffered write) {
    return new JsonObject()
        .put("version", print(write.version()))
        .put("keys", new JsonArray(List.copyOf(write.keys())))
        .put("waitsFor", print(write.waitsFor()));
  }

  private void putCluster(JsonObject json) {
    JsonArray peers = new JsonArray();
    status.peers().forEach(peer -> peers.add(json(peer)));
    JsonObject log =
        new JsonObject()
            .put("bytes", status.logBytes())
            .put("limitBytes", status.logLimitBytes())
            .put("trimmed", VectorJson.toJson(status.trimmed(), names));
    JsonArray members = new JsonArray();
    status.members().forEach(member -> members.add(json(member)));
    JsonArray generations = new JsonArray();
    status.generations().forEach(generation -> generations.add(json(generation)));
    json.put("peers", peers)
        .put("members", members)
        .put("generations", generations)
        .put("faults_allowed", node.faultsAllowed())
        .put("faults", FaultRulesJson.toJson(node.faults()))
        .put("log", log)
        .put("stability", json(status.stability()))
        .put("bus", bus())
        .put("agreement", AgreementJson.of(status.agreement(), names))
        .put("snapshots", json(status.snapshots()))
        .put("feed_dropped", status.feedDropped());
  }

  private JsonObject json(NodeStatus.Stability stability) {
    JsonArray waitingFor = new JsonArray();
    stability.waitingFor().forEach(member -> waitingFor.add(names.print(member)));
    return new JsonObject()
        .put("stable", VectorJson.toJson(stability.stable(), names))
        .put("tombstones", stability.tombstones())
        .put("waiting_for", waitingFor)
        .put("late_writes", stability.lateWrites());
  }

  private JsonObject bus() {
    return new JsonObject()
        .put("trouble", status.bus().trouble())
        .put("renewals", status.bus().renewals())
        .put("rejoins", status.bus().rejoins())
        .put("bad_messages", badMessages())
        .put(
            "replicas",
            new JsonObject()
                .put("known", status.bus().replicas())
                .put("limit", status.bus().replicaLimit()));
  }

  private JsonObject badMessages() {
    long total = 0;
    JsonObject bySender = new JsonObject();
    for (NodeStatus.BadMessages bad : status.bus().badMessages()) {
      total += bad.messages();
      JsonObject before = bySender.getJsonObject(bad.sender(), new JsonObject());
      bySender.put(bad.sender(), before.put(bad.reason(), bad.messages()));
    }
    return new JsonObject().put("total", total).put("by_sender", bySender);
  }

  private static JsonObject json(MemberView member) {
    return new JsonObject()
        .put("name", member.replica().name())
        .put("replica", member.replica().toString())
        .put("state", member.state().name().toLowerCase(Locale.ROOT));
  }

  private static JsonObject json(GenerationView generation) {
    return new JsonObject()
        .put("replica", generation.replica().toString())
        .put("state", state(generation))
        .put("last", generation.last())
        .put("stable", generation.stable());
  }

  private static String state(GenerationView generation) {
    if (generation.retired()) {
      return "retired";
    }
    return generation.forgotten() ? "forgotten" : "superseded";
  }

  private JsonObject json(NodeStatus.Snapshots snapshots) {
    JsonArray serving = new JsonArray();
    snapshots
        .serving()
        .forEach(
            to ->
                serving.add(
                    new JsonObject().put("to", names.print(to.to())).put("keys", to.keys())));
    JsonObject json = new JsonObject();
    snapshots.fetching().ifPresent(from -> json.put("fetching", json(from)));
    return json.put("serving", serving);
  }

  private JsonObject json(NodeStatus.Fetching fetching) {
    return new JsonObject()
        .put("from", names.print(fetching.from()))
        .put("keys", fetching.keys())
        .put("bytes", fetching.bytes())
        .put("installing", fetching.installing());
  }

  private JsonObject json(NodeStatus.Peer peer) {
    return new JsonObject()
        .put("name", names.print(peer.replica()))
        .put("replica", peer.replica().toString())
        .put("http", peer.http())
        .put("silent", peer.silent())
        .put("heardMillisAgo", peer.heardMillisAgo())
        .put("received", peer.received())
        .put("applied", peer.applied())
        .put("lag", peer.lag());
  }

  private String print(Dot version) {
    return VersionText.print(version, names);
  }

  private static JsonObject http(HttpLoad load) {
    return new JsonObject()
        .put("connections", load.connections().open())
        .put("connectionsLimit", load.connections().limit())
        .put("connectionsRefused", load.connections().refused())
        .put("bodies", load.bodies().bodies())
        .put("bodiesBytes", load.bodies().bytes())
        .put("bodiesLimitBytes", load.bodies().limitBytes())
        .put("bodiesRefused", load.bodies().refused())
        .put("bodiesLate", load.lateBodies().get())
        .put("answersBytes", load.answers().bytes())
        .put("answersLimitBytes", load.answers().limitBytes())
        .put("answersRefused", load.answers().refused());
  }

  private static JsonObject memory() {
    Runtime runtime = Runtime.getRuntime();
    return new JsonObject()
        .put("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory())
        .put("heapMaxBytes", runtime.maxMemory());
  }

  private static JsonObject limits(NodeConfig.Http limits) {
    return new JsonObject()
        .put("http.keyBytes", limits.keyBytes())
        .put("http.valueBytes", limits.valueBytes())
        .put("http.bodyBytes", limits.bodyBytes())
        .put("http.mutationsPerWrite", limits.mutationsPerWrite())
        .put("http.keysPerRead", limits.keysPerRead())
        .put("http.pageKeys", limits.pageKeys())
        .put("http.waitMillis", limits.waitMillis())
        .put("http.maxWaitMillis", limits.maxWaitMillis())
        .put("http.holdMillis", limits.holdMillis())
        .put("http.bodyMillis", limits.bodyMillis())
        .put("status.storeKeys", STORE_KEYS)
        .put("status.storeValueBytes", STORE_VALUE_BYTES);
  }
}
