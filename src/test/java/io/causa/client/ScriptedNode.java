package io.causa.client;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A server that gives prepared answers, in their order, and remembers what it was asked. */
final class ScriptedNode {
  record Asked(HttpMethod method, String uri, MultiMap headers, String body) {}

  private record Scripted(int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final Deque<Scripted> script = new ArrayDeque<>();
  private final Deque<Asked> asked = new ConcurrentLinkedDeque<>();

  ScriptedNode(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(r -> r.body().onSuccess(body -> answer(r, body.toString())))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  synchronized ScriptedNode then(int status, Map<String, String> headers, String body) {
    script.add(new Scripted(status, headers, body));
    return this;
  }

  Asked asked() {
    return asked.remove();
  }

  List<String> askedContexts() {
    return asked.stream().map(it -> String.valueOf(it.headers().get("Causa-Context"))).toList();
  }

  private synchronized void answer(HttpServerRequest request, String body) {
    asked.add(new Asked(request.method(), request.uri(), request.headers(), body));
    Scripted next = script.poll();
    if (next == null) {
      request.connection().close();
      return;
    }
    next.headers().forEach((name, value) -> request.response().putHeader(name, value));
    request.response().setStatusCode(next.status()).end(next.body());
  }
}
