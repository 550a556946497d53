package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.causa.history.Access;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says to a client what a history calls an operation. */
final class Requests {
  private Requests() {}

  static Future<Answer> send(Recorder.Request request) {
    CausaClient node = request.node().client();
    Ask ask = request.ask();
    Access first = request.accesses().get(0);
    return switch (request.operation()) {
      case PUT -> node.put(first.key(), first.value(), ask);
      case DELETE -> node.delete(first.key(), ask);
      case BATCH -> batch(node, request.accesses(), ask);
      case GET, FINAL -> node.get(first.key(), ask);
      case SNAPSHOT -> node.snapshot(request.accesses().stream().map(Access::key).toList(), ask);
      case INITIAL -> throw new IllegalArgumentException("nobody sends " + request);
    };
  }

  private static Future<Answer> batch(CausaClient node, List<Access> accesses, Ask ask) {
    Map<String, String> puts = new LinkedHashMap<>();
    accesses.stream().filter(a -> a.value() != null).forEach(a -> puts.put(a.key(), a.value()));
    List<String> deletes =
        accesses.stream().filter(a -> a.value() == null).map(Access::key).toList();
    return node.batch(puts, deletes, ask);
  }
}
