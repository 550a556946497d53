package io.causa.simulation;

import io.causa.core.Mutation;
import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import io.causa.simulation.Reply.Shown;
import io.causa.simulation.check.Name;
import io.causa.simulation.check.Observers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client with a session that moves from node to node: one request after the other, each with the
 * context of the last answer. It gives up waiting after a while, may try again elsewhere, and
 * begins a new session when nobody can serve the old one.
 */
final class SimulatedClient {

  private static final int PATIENCE = 6;
  private static final long NANOS = 1000;
  private static final long MOST_HELD_MILLIS = 8000;

  /** One request; its answer counts once, and not after it was given up. */
  private final class Call {
    private final SimulatedNode node;
    private final String label;
    private final Operation operation;
    private final List<Access> asked;
    private final String contextIn = context;
    private final long startMicros = now();
    private boolean over;
    private SimulatedHttp.Request request;

    Call(SimulatedNode node, Operation operation, List<Access> asked) {
      this.node = node;
      this.label = node.disk().label();
      this.operation = operation;
      this.asked = asked;
    }

    void end(Outcome outcome, List<Access> accesses, String contextOut) {
      over = true;
      log.add(
          new HistoryEvent(
              session,
              label,
              operation,
              accesses,
              contextIn,
              contextOut,
              startMicros * NANOS,
              now() * NANOS,
              outcome));
      world.trace().say(session, operation, "at", node.self(), outcome, accesses);
      world.tally().count("requests " + outcome.name().toLowerCase(Locale.ROOT));
    }
  }

  private final World world;
  private final Cluster cluster;
  private final Workload workload;
  private final List<HistoryEvent> log;
  private final Dice dice;
  private final String name;
  private final boolean lossy;
  private final double heldShare;
  private String session;
  private String context;
  private String home;
  private int sessions;
  private int refusals;
  private boolean idle = true;

  /** The nodes as clients find them. */
  interface Cluster {
    List<String> names();

    SimulatedNode node(String name);
  }

  SimulatedClient(
      String name,
      World world,
      Cluster cluster,
      Workload workload,
      List<HistoryEvent> log,
      boolean lossy,
      Dice dice) {
    this.name = name;
    this.world = world;
    this.cluster = cluster;
    this.workload = workload;
    this.log = log;
    this.lossy = lossy;
    this.dice = dice;
    this.heldShare = dice.chance(0.3) ? 0.6 : 0.1;
    this.home = dice.pick(cluster.names());
    newSession();
  }

  void begin() {
    idle = false;
    later();
  }

  /** Whether the client has made its last request and has no answer to wait for. */
  boolean isIdle() {
    return idle;
  }

  private void newSession() {
    session = name + "." + sessions++;
    context = null;
    refusals = 0;
  }

  private void later() {
    world.schedule().after(workload.pauseMillis(), this::next);
  }

  private void next() {
    if (!workload.takeOne()) {
      idle = true;
      return;
    }
    if (dice.chance(0.3)) {
      home = dice.pick(cluster.names());
    }
    SimulatedNode node = cluster.node(home);
    if (!node.isRunning()) {
      refused();
      later();
    } else if (workload.nextIsWrite()) {
      write(node, workload.mutations());
    } else {
      read(node);
    }
  }

  private void write(SimulatedNode node, List<Mutation> mutations) {
    Call call = new Call(node, operation(mutations), mutations.stream().map(this::access).toList());
    boolean held = dice.chance(heldShare);
    long waitMillis = dice.between(0, held ? MOST_HELD_MILLIS : 2000);
    int acks = !held && dice.chance(0.1) ? 1 + dice.below(2) : 0;
    send(
        call,
        client -> node.http().write(mutations, call.contextIn, waitMillis, held, acks, client));
  }

  private void read(SimulatedNode node) {
    long waitMillis = dice.between(0, 2000);
    if (workload.nextIsSnapshot()) {
      List<String> keys = workload.someKeys();
      Call call = new Call(node, Operation.SNAPSHOT, keys.stream().map(this::access).toList());
      send(call, client -> node.http().snapshot(keys, call.contextIn, waitMillis, client));
    } else {
      String key = workload.key();
      Call call = new Call(node, Operation.GET, List.of(access(key)));
      send(call, client -> node.http().get(key, call.contextIn, waitMillis, client));
    }
  }

  private interface Sending {
    SimulatedHttp.Request send(Consumer<Reply> client);
  }

  private void send(Call call, Sending sending) {
    long nowMicros = now();
    if (!isLost()) {
      world
          .schedule()
          .at(
              nowMicros + dice.between(50, 3000),
              () -> {
                if (call.node.isRunning()) {
                  call.request = sending.send(reply -> reply(call, reply));
                }
              });
    }
    world.schedule().after(dice.between(300, 5000), () -> giveUp(call));
  }

  private void reply(Call call, Reply reply) {
    if (!isLost()) {
      world.schedule().at(now() + dice.between(50, 3000), () -> receive(call, reply));
    }
  }

  private boolean isLost() {
    return lossy && dice.chance(0.03);
  }

  private void receive(Call call, Reply reply) {
    if (call.over) {
      return;
    }
    if (reply instanceof Reply.Read read) {
      shown(call, read);
    } else if (reply instanceof Reply.Written written) {
      written(call, written);
    } else if (reply instanceof Reply.Held held) {
      call.end(Outcome.UNKNOWN, call.asked, null);
      cancelLater(call.node, held.ticket());
    } else {
      call.end(Outcome.REFUSED, call.asked, null);
      refused();
    }
    later();
  }

  private void shown(Call call, Reply.Read read) {
    Map<String, Name> versions = new LinkedHashMap<>();
    List<Access> accesses = new ArrayList<>();
    for (Access asked : call.asked) {
      Shown shown = read.keys().get(asked.key());
      versions.put(asked.key(), shown.version());
      accesses.add(new Access(asked.key(), shown.value(), text(shown.version())));
    }
    boolean absent = call.operation == Operation.GET && accesses.get(0).value() == null;
    call.end(absent ? Outcome.ABSENT : Outcome.OK, accesses, read.context());
    adopt(read.context());
    observers().clients().read(session, versions, covered(call.node, read.context()));
  }

  private Map<String, Long> covered(SimulatedNode node, String token) {
    return world.ended().counts(node.self().toString(), SimulatedHttp.decode(token));
  }

  private void written(Call call, Reply.Written written) {
    String version = text(written.version());
    List<Access> accesses =
        call.asked.stream().map(a -> new Access(a.key(), a.value(), version)).toList();
    call.end(Outcome.OK, accesses, written.context());
    adopt(written.context());
    observers().clients().acknowledged(session, written.version());
  }

  /** Some change their minds. */
  private void cancelLater(SimulatedNode node, long ticket) {
    if (dice.chance(0.3)) {
      world
          .schedule()
          .after(dice.between(0, 500), () -> node.http().cancel(ticket, cancelled -> {}));
    }
  }

  private void adopt(String token) {
    context = token;
    refusals = 0;
  }

  private void refused() {
    home = dice.pick(cluster.names());
    if (++refusals > PATIENCE) {
      world.tally().count("sessions given up");
      newSession();
    }
  }

  private void giveUp(Call call) {
    if (call.over) {
      return;
    }
    call.end(Outcome.UNKNOWN, call.asked, null);
    if (call.request != null && dice.chance(0.5)) {
      call.node.http().abandon(call.request);
    }
    refused();
    later();
  }

  private static Operation operation(List<Mutation> mutations) {
    if (mutations.size() > 1) {
      return Operation.BATCH;
    }
    return mutations.get(0).value().isPresent() ? Operation.PUT : Operation.DELETE;
  }

  private Access access(Mutation mutation) {
    return new Access(mutation.key(), mutation.value().map(Facts::text).orElse(null), null);
  }

  private Access access(String key) {
    return new Access(key, null, null);
  }

  private static String text(Name version) {
    return version == null ? null : version.toString();
  }

  private Observers observers() {
    return world.observers();
  }

  private long now() {
    return world.schedule().nowMicros();
  }
}
