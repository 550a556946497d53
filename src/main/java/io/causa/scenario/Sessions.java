package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.causa.client.CausaSession;
import io.causa.history.Access;
import io.causa.history.Operation;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The named clients of a scenario with their contexts, and the unnamed ones who have none.
 * Thread-safe, for one request of each client at a time.
 */
final class Sessions {
  private final Recorder recorder;
  private final Map<String, CausaSession> sessions = new ConcurrentHashMap<>();

  Sessions(Recorder recorder) {
    this.recorder = recorder;
  }

  /** One kind of request, sent by a session. */
  private interface Request {
    Future<Answer> send(CausaSession session, CausaClient node, Ask ask);
  }

  /**
   * Lets a client go on from where another is. Returns what is wrong with that; empty if nothing
   * is.
   */
  Optional<String> handOver(Step.Manner manner) {
    if (manner.contextFrom() == null) {
      return Optional.empty();
    }
    CausaSession from = sessions.get(manner.contextFrom());
    if (from == null || from.context() == null) {
      return Optional.of(manner.contextFrom() + " has no context yet that could be handed over");
    }
    CausaSession own = sessions.get(manner.client());
    if (own != null && own.context() != null) {
      return Optional.of(
          manner.client()
              + " has a context already, and a client cannot merge two; use a new name");
    }
    sessions.put(manner.client(), new CausaSession(from.context()));
    return Optional.empty();
  }

  Answer put(Cluster.Node node, Step.Manner manner, String key, String value) {
    Access asked = new Access(key, value, null);
    return send(node, manner, Operation.PUT, asked, (s, at, ask) -> s.put(at, key, value, ask));
  }

  Answer delete(Cluster.Node node, Step.Manner manner, String key) {
    Access asked = new Access(key, null, null);
    return send(node, manner, Operation.DELETE, asked, (s, at, ask) -> s.delete(at, key, ask));
  }

  Answer get(Cluster.Node node, Step.Manner manner, String key) {
    Access asked = new Access(key, null, null);
    return send(node, manner, Operation.GET, asked, (s, at, ask) -> s.get(at, key, ask));
  }

  /** A put over the small JSON interface, by somebody who knows no contexts. */
  Answer smallPut(Cluster.Node node, String key, String value, Map<String, Long> vc) {
    return recorder.send(
        recorder.stranger("someone"),
        node,
        Operation.PUT,
        new Access(key, value, null),
        null,
        () -> node.client().smallPut(key, value, vc));
  }

  private Answer send(
      Cluster.Node node, Step.Manner manner, Operation operation, Access asked, Request request) {
    boolean named = manner.client() != null;
    String client = named ? manner.client() : recorder.stranger("someone");
    CausaSession session =
        named ? sessions.computeIfAbsent(client, x -> new CausaSession()) : new CausaSession();
    Ask ask =
        Ask.PLAIN.withWaitSeconds(manner.waitSeconds()).respondingAsync(manner.respondAsync());
    return recorder.send(
        client,
        node,
        operation,
        asked,
        session.context(),
        () -> request.send(session, node.client(), ask));
  }
}
