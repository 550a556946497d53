package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Refusal;
import io.causa.engine.Engine;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.ReadRequest;
import io.causa.engine.api.Snapshot;
import io.causa.engine.api.WriteRequest;
import io.causa.simulation.Reply.Shown;
import io.causa.simulation.check.Name;
import io.causa.wire.ContextToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The HTTP edge of a node, on a loop of its own: single keys are read from the view, everything
 * else is asked of the engine, whose answers come back.
 */
final class SimulatedHttp {

  private static final String CLUSTER = "simulated";

  /** A request under way, which its client may give up. */
  static final class Request {
    private final Consumer<Reply> client;
    private Pending pending = () -> {};

    Request(Consumer<Reply> client) {
      this.client = client;
    }
  }

  private final World world;
  private final SimulatedProcess process;
  private final Engine engine;
  private final SimulatedHost host;
  private final NodeChecker checker;
  private final Readers readers;
  private final SimulatedLoop toHttp;
  private final String self;
  private final long session;

  SimulatedHttp(
      World world,
      SimulatedProcess process,
      Engine engine,
      SimulatedHost host,
      NodeChecker checker,
      Readers readers,
      SimulatedStorage storage,
      Dice dice) {
    this.world = world;
    this.process = process;
    this.engine = engine;
    this.host = host;
    this.checker = checker;
    this.readers = readers;
    this.self = storage.recovered().self().toString();
    this.session = storage.incarnation().session();
    this.toHttp = new SimulatedLoop(process, dice);
  }

  /** Reads one key. */
  Request get(String key, String token, long waitMillis, Consumer<Reply> client) {
    Request request = new Request(client);
    whenServing(request, () -> readers.step(() -> look(key, decode(token), waitMillis, request)));
    return request;
  }

  /** Reads several keys of one instant. */
  Request snapshot(List<String> keys, String token, long waitMillis, Consumer<Reply> client) {
    Request request = new Request(client);
    ReadRequest read = new ReadRequest(new ReadRequest.Keys(keys), decode(token), waitMillis);
    whenServing(
        request,
        () ->
            request.pending =
                engine.store().read(read, outcome -> answer(request, outcome, this::snapshot)));
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
    WriteRequest write = new WriteRequest(mutations, decode(token), waitMillis, held);
    whenServing(
        request,
        () ->
            request.pending =
                engine
                    .store()
                    .write(write, outcome -> written(request, outcome, acks, waitMillis)));
    return request;
  }

  /** Cancels a held write; the client is told whether it was held. */
  void cancel(long ticket, Consumer<Boolean> client) {
    if (process.isRunning()) {
      HeldId id = new HeldId(session, ticket);
      engine
          .store()
          .held(
              held -> {
                boolean cancelled = held.cancel(id);
                world.tally().count(cancelled ? "held writes cancelled" : "cancelled too late");
                toHttp.run(() -> client.accept(cancelled));
              });
    }
  }

  /** The client is gone: what waits for nothing but its answer is forgotten. */
  void abandon(Request request) {
    if (process.isRunning()) {
      request.pending.abandon();
    }
  }

  private void whenServing(Request request, Runnable serve) {
    if (engine.isReady() && host.takesRequests()) {
      serve.run();
    } else {
      request.client.accept(new Reply.Refused("not ready"));
    }
  }

  private <T> void answer(Request request, Outcome<T> outcome, Function<T, Reply> reply) {
    if (outcome instanceof Outcome.Done<T> done) {
      Reply read = reply.apply(done.value());
      toHttp.run(() -> request.client.accept(read));
    } else {
      refuse(request, ((Outcome.Refused<T>) outcome).why());
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
    if (engine.store().view().applied().covers(context)) {
      read(key, request);
      return;
    }
    world.tally().count("reads that wait for their context");
    Runnable read = () -> readers.step(() -> read(key, request));
    request.pending =
        engine
            .store()
            .await(
                context,
                waitMillis,
                outcome -> {
                  if (outcome instanceof Outcome.Refused<Void> refused) {
                    refuse(request, refused.why());
                  } else {
                    toHttp.run(read);
                  }
                });
  }

  private void read(String key, Request request) {
    SlowReader view = new SlowReader(engine.store().view(), key);
    readers.step(() -> answer(key, KeyReading.of(view, key), request));
  }

  private void answer(String key, KeyReading reading, Request request) {
    Shown shown = shown(reading.state());
    world
        .observers()
        .clients()
        .saysSeen(key, shown.version(), world.ended().counts(self, reading.seen()));
    request.client.accept(
        new Reply.Read(Map.of(key, shown), ContextToken.encode(reading.seen(), CLUSTER)));
  }

  private Reply snapshot(Snapshot snapshot) {
    Map<String, Shown> shown = new LinkedHashMap<>();
    Map<String, Name> versions = new LinkedHashMap<>();
    for (Snapshot.KeyedState keyed : snapshot.keys()) {
      shown.put(keyed.key(), shown(keyed.state()));
      versions.put(keyed.key(), shown(keyed.state()).version());
    }
    world.observers().clients().snapshot(self, versions);
    return new Reply.Read(shown, ContextToken.encode(snapshot.applied(), CLUSTER));
  }

  private static Shown shown(Optional<KeyState> state) {
    Optional<KeyVersion> visible = state.map(KeyState::visible);
    return new Shown(
        visible.flatMap(KeyVersion::value).map(Facts::text).orElse(null),
        visible.map(KeyVersion::dot).map(Facts::name).orElse(null));
  }

  private void written(Request request, Outcome<Dot> outcome, int acks, long waitMillis) {
    if (outcome instanceof Outcome.Done<Dot> done) {
      String token = ContextToken.encode(done.applied().with(done.value()), CLUSTER);
      Reply reply = new Reply.Written(Facts.name(done.value()), token);
      toHttp.run(() -> acknowledge(request, done.value(), reply, acks, waitMillis));
    } else if (outcome instanceof Outcome.Held<Dot> parked) {
      world.tally().count("writes held");
      checker.held(parked.id().ticket());
      toHttp.run(() -> request.client.accept(new Reply.Held(parked.id().ticket())));
    } else {
      refuse(request, ((Outcome.Refused<Dot>) outcome).why());
    }
  }

  private void acknowledge(Request request, Dot version, Reply reply, int acks, long waitMillis) {
    if (acks == 0) {
      request.client.accept(reply);
      return;
    }
    engine
        .replication()
        .await(
            version,
            acks,
            waitMillis,
            reached -> {
              world.tally().count(reached >= acks ? "acks reached" : "acks not reached in time");
              world.observers().clients().acknowledgedBy(self, Facts.name(version), reached);
              toHttp.run(() -> request.client.accept(reply));
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
