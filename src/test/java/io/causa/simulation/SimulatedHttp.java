package io.causa.simulation;

import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Refusal;
import io.causa.node.SnapshotReads;
import io.causa.node.port.ReadRequest;
import io.causa.node.port.StorePort;
import io.causa.simulation.Reply.Shown;
import io.causa.simulation.check.Name;
import io.causa.wire.ContextToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The HTTP edge of a node, on loops of its own: single keys are read from the view, everything else
 * goes to the store's loop and comes back.
 */
final class SimulatedHttp {

  private static final String CLUSTER = "simulated";

  /** A request under way, which its client may give up. */
  static final class Request {
    private final Consumer<Reply> client;
    private long ticket;
    private boolean held;

    Request(Consumer<Reply> client) {
      this.client = client;
    }
  }

  private final World world;
  private final SimulatedProcess process;
  private final StoreLoop store;
  private final ReplicationLoop replication;
  private final Readers readers;
  private final SimulatedLoop toStore;
  private final SimulatedLoop toHttp;

  SimulatedHttp(
      World world,
      SimulatedProcess process,
      StoreLoop store,
      ReplicationLoop replication,
      Readers readers,
      SimulatedLoop toStore,
      SimulatedLoop toHttp) {
    this.world = world;
    this.process = process;
    this.store = store;
    this.replication = replication;
    this.readers = readers;
    this.toStore = toStore;
    this.toHttp = toHttp;
  }

  /** Reads one key. */
  Request get(String key, String token, long waitMillis, Consumer<Reply> client) {
    Request request = new Request(client);
    whenReady(request, () -> readers.step(() -> look(key, decode(token), waitMillis, request)));
    return request;
  }

  /** Reads several keys of one instant. */
  Request snapshot(List<String> keys, String token, long waitMillis, Consumer<Reply> client) {
    Request request = new Request(client);
    whenReady(
        request, () -> await(request, decode(token), waitMillis, () -> snapshot(keys, request)));
    return request;
  }

  /**
   * Writes.
   *
   * @param held whether it is answered at once if it has to wait, and held
   * @param acks how many peers must have applied it before it is answered
   */
  Request write(
      List<Mutation> mutations,
      String token,
      long waitMillis,
      boolean held,
      int acks,
      Consumer<Reply> client) {
    Request request = new Request(client);
    request.held = held;
    Consumer<Answer> answers = answer -> written(request, answer, held, acks, waitMillis);
    whenReady(
        request,
        () ->
            toStore.run(
                () ->
                    request.ticket =
                        held
                            ? store.hold(mutations, decode(token), waitMillis, answers)
                            : store.write(mutations, decode(token), waitMillis, answers)));
    return request;
  }

  /** Cancels a held write; the client is told whether it was held. */
  void cancel(long ticket, Consumer<Boolean> client) {
    if (process.isRunning()) {
      toStore.run(
          () -> {
            boolean cancelled = store.cancelHeld(ticket);
            world.tally().count(cancelled ? "held writes cancelled" : "cancelled too late");
            toHttp.run(() -> client.accept(cancelled));
          });
    }
  }

  /** The client is gone: what waits for nothing but its answer is forgotten. */
  void abandon(Request request) {
    if (process.isRunning() && !request.held) {
      toStore.run(() -> store.abandon(request.ticket));
    }
  }

  private void whenReady(Request request, Runnable serve) {
    if (replication.isReady()) {
      serve.run();
    } else {
      request.client.accept(new Reply.Refused("not ready"));
    }
  }

  private void await(Request request, VersionVector context, long waitMillis, Runnable covered) {
    toStore.run(
        () ->
            request.ticket =
                store.await(context, waitMillis, answer -> awaited(request, answer, covered)));
  }

  private void awaited(Request request, Answer answer, Runnable covered) {
    if (answer instanceof Answer.Covered) {
      covered.run();
    } else if (answer instanceof Answer.Parked) {
      world.tally().count("parked requests");
    } else if (answer instanceof Answer.Refused refused) {
      refuse(request, refused.why());
    }
  }

  private void refuse(Request request, Refusal why) {
    boolean late = why instanceof Refusal.NotMet;
    boolean full = why instanceof Refusal.DataFull;
    String limit = full ? "writes refused because the data is full" : "refused at a limit";
    world.tally().count(late ? "parked requests expired" : limit);
    toHttp.run(() -> request.client.accept(new Reply.Refused(late ? "not met" : "overloaded")));
  }

  /** The reader looks, and is interrupted after its first look; or waits for its context. */
  private void look(String key, VersionVector context, long waitMillis, Request request) {
    if (store.states().applied().covers(context)) {
      read(key, request);
    } else {
      Runnable read = () -> readers.step(() -> read(key, request));
      await(request, context, waitMillis, () -> toHttp.run(read));
    }
  }

  private void read(String key, Request request) {
    SlowReader view = new SlowReader(store.states(), key);
    readers.step(() -> answer(key, KeyReading.of(view, key), request));
  }

  private void answer(String key, KeyReading reading, Request request) {
    Shown shown = shown(reading.state());
    world.observers().clients().saysSeen(key, shown.version(), Facts.counts(reading.seen()));
    request.client.accept(
        new Reply.Read(Map.of(key, shown), ContextToken.encode(reading.seen(), CLUSTER)));
  }

  private void snapshot(List<String> keys, Request request) {
    StorePort.Snapshot snapshot = SnapshotReads.read(store.states(), new ReadRequest.Keys(keys));
    Map<String, Shown> shown = new LinkedHashMap<>();
    Map<String, Name> versions = new LinkedHashMap<>();
    for (StorePort.KeyedState keyed : snapshot.keys()) {
      shown.put(keyed.key(), shown(keyed.state()));
      versions.put(keyed.key(), shown(keyed.state()).version());
    }
    world.observers().clients().snapshot(store.self().toString(), versions);
    Reply reply = new Reply.Read(shown, ContextToken.encode(snapshot.applied(), CLUSTER));
    toHttp.run(() -> request.client.accept(reply));
  }

  private static Shown shown(Optional<KeyState> state) {
    Optional<KeyVersion> visible = state.map(KeyState::visible);
    return new Shown(
        visible.flatMap(KeyVersion::value).map(Facts::text).orElse(null),
        visible.map(KeyVersion::dot).map(Facts::name).orElse(null));
  }

  private void written(Request request, Answer answer, boolean held, int acks, long waitMillis) {
    if (answer instanceof Answer.Written written) {
      String token = ContextToken.encode(store.states().applied().with(written.version()), CLUSTER);
      Reply reply = new Reply.Written(Facts.name(written.version()), token);
      toHttp.run(() -> acknowledge(request, written, reply, acks, waitMillis));
    } else if (answer instanceof Answer.Refused refused) {
      refuse(request, refused.why());
    } else if (held) {
      world.tally().count("writes held");
      toHttp.run(() -> request.client.accept(new Reply.Held(answer.ticket())));
    } else {
      world.tally().count("parked requests");
    }
  }

  private void acknowledge(
      Request request, Answer.Written written, Reply reply, int acks, long waitMillis) {
    if (acks == 0) {
      request.client.accept(reply);
      return;
    }
    Name version = Facts.name(written.version());
    replication.awaitAcks(
        version,
        acks,
        waitMillis,
        reached -> {
          world.tally().count(reached >= acks ? "acks reached" : "acks not reached in time");
          world.observers().clients().acknowledgedBy(store.self().toString(), version, reached);
          request.client.accept(reply);
        });
  }

  static VersionVector decode(String token) {
    if (token == null) {
      return VersionVector.EMPTY;
    }
    if (ContextToken.decode(token, CLUSTER) instanceof ContextToken.Decoded.Valid valid) {
      return valid.context();
    }
    throw new IllegalStateException("a node does not understand its own token " + token);
  }
}
