package io.causa.scenario;

import io.causa.client.CausaClient;
import io.causa.scenario.FakeNode.FakeWrite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes that speak the public HTTP interface and share one memory, right or with one flaw. One lock
 * guards all.
 */
final class FakeCluster implements NodeControl, AutoCloseable {
  private static final long REPLICATION_MILLIS = 4;

  private final Vertx vertx;
  private final Flaw flaw;
  private final Map<String, FakeNode> nodes = new LinkedHashMap<>();
  private final Map<String, HttpServer> servers = new HashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Set<String> inFlight = new HashSet<>();
  private JsonArray rules = new JsonArray();

  FakeCluster(Vertx vertx, int size, Flaw flaw) {
    this.vertx = vertx;
    this.flaw = flaw;
    for (int i = 1; i <= size; i++) {
      String name = "node" + i;
      nodes.put(name, new FakeNode(name, flaw));
      ports.put(name, 0);
      Await.result(start(name));
    }
    vertx.setPeriodic(REPLICATION_MILLIS, x -> replicate());
  }

  List<String> urls() {
    return ports.values().stream().map(port -> "http://127.0.0.1:" + port).toList();
  }

  Cluster cluster() {
    return Await.result(
        Cluster.discover(url -> CausaClient.open(vertx, url), urls(), Optional.of(this)));
  }

  Cluster clusterWithoutControl() {
    return Await.result(
        Cluster.discover(url -> CausaClient.open(vertx, url), urls(), Optional.empty()));
  }

  @Override
  public Future<Void> start(String name) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> handle(name, request, body)))
        .listen(ports.get(name), "127.0.0.1")
        .onSuccess(
            server -> {
              servers.put(name, server);
              ports.put(name, server.actualPort());
            })
        .mapEmpty();
  }

  @Override
  public Future<Void> stop(String name) {
    return servers.remove(name).close();
  }

  @Override
  public Future<Void> kill(String name) {
    return stop(name);
  }

  @Override
  public void close() {
    List.copyOf(servers.values()).forEach(server -> Await.result(server.close()));
  }

  private synchronized void replicate() {
    for (FakeNode from : nodes.values()) {
      for (FakeNode to : nodes.values()) {
        boolean up = servers.containsKey(from.name) && servers.containsKey(to.name);
        if (from != to && up) {
          List.copyOf(from.applied).forEach(write -> transfer(from, to, write));
        }
      }
    }
  }

  private void transfer(FakeNode from, FakeNode to, FakeWrite write) {
    String flight = to.name + "<" + write.version();
    boolean lost = flaw == Flaw.LOSES_WRITES && write.number() % 3 == 0;
    if (lost || to.known.contains(write.version()) || inFlight.contains(flight)) {
      return;
    }
    long delay = 0;
    for (int i = 0; i < rules.size(); i++) {
      JsonObject rule = rules.getJsonObject(i);
      if (matches(rule, from.name, to.name, write.origin())) {
        if (rule.getBoolean("hold", false) || rule.getDouble("drop", 0.0) >= 1) {
          return;
        }
        delay += rule.getLong("delayMillis", 0L);
      }
    }
    if (delay == 0) {
      to.receive(write);
    } else {
      inFlight.add(flight);
      vertx.setTimer(delay, x -> land(to, write, flight));
    }
  }

  private synchronized void land(FakeNode to, FakeWrite write, String flight) {
    inFlight.remove(flight);
    to.receive(write);
  }

  private boolean matches(JsonObject rule, String from, String to, String origin) {
    return flaw != Flaw.IGNORES_FAULTS
        && List.of(from, "*").contains(rule.getString("from", "*"))
        && List.of(to, "*").contains(rule.getString("to", "*"))
        && List.of(origin, "*").contains(rule.getString("origin", "*"));
  }

  private synchronized void handle(String name, HttpServerRequest request, Buffer body) {
    FakeNode node = nodes.get(name);
    String path = request.path();
    if (path.equals("/status")) {
      answer(node, request, 200, status(node));
    } else if (path.equals("/admin/faults")) {
      if (flaw == Flaw.REFUSES_FAULTS) {
        answer(node, request, 404, new JsonObject().put("title", "Not Found"));
        return;
      }
      rules = body.toJsonObject().getJsonArray("rules");
      answer(node, request, 200, body.toJsonObject());
    } else if (path.equals("/put")) {
      smallPut(node, request, body.toJsonObject());
    } else {
      Map<String, Long> context = context(request.getHeader("Causa-Context"));
      String key = URLDecoder.decode(path.substring("/kv/".length()), StandardCharsets.UTF_8);
      String prefer = String.join(",", request.headers().getAll("Prefer"));
      if (prefer.contains("respond-async") && !node.covers(context)) {
        hold(node, key, body.toString(), context);
        answer(node, request, 202, new JsonObject().put("message", "held"));
      } else {
        whenCovered(
            node, context, waitMillis(prefer), request, () -> serve(node, request, key, body));
      }
    }
  }

  private static long waitMillis(String prefer) {
    return prefer.contains("wait=")
        ? 1000 * Long.parseLong(prefer.replaceAll(".*wait=(\\d+).*", "$1"))
        : 5_000;
  }

  private void smallPut(FakeNode node, HttpServerRequest request, JsonObject body) {
    Map<String, Long> vc = new HashMap<>();
    body.getJsonObject("vc", new JsonObject())
        .forEach(entry -> vc.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
    if (node.covers(vc)) {
      FakeWrite write = node.write(body.getString("key"), body.getString("value"));
      request.response().putHeader("Causa-Version", write.version());
      answer(node, request, 200, new JsonObject().put("message", "stored"));
    } else {
      hold(node, body.getString("key"), body.getString("value"), vc);
      answer(node, request, 202, new JsonObject().put("message", "buffered"));
    }
  }

  private void hold(FakeNode node, String key, String value, Map<String, Long> context) {
    node.held.add(key);
    node.heldFor.put(key, node.missing(context));
    vertx.setPeriodic(
        5,
        timer -> {
          synchronized (this) {
            if (node.covers(context)) {
              vertx.cancelTimer(timer);
              node.held.remove(key);
              node.write(key, value);
            }
          }
        });
  }

  private void whenCovered(
      FakeNode node,
      Map<String, Long> context,
      long patienceMillis,
      HttpServerRequest request,
      Runnable serve) {
    if (node.covers(context)) {
      serve.run();
    } else if (patienceMillis <= 0) {
      answer(node, request, 503, new JsonObject().put("type", "urn:dependency-not-met"));
    } else {
      node.parked++;
      vertx.setTimer(
          5,
          x -> {
            synchronized (this) {
              node.parked--;
              whenCovered(node, context, patienceMillis - 5, request, serve);
            }
          });
    }
  }

  private void serve(FakeNode node, HttpServerRequest request, String key, Buffer body) {
    HttpServerResponse response = request.response();
    if (request.method() != HttpMethod.GET) {
      String value = request.method() == HttpMethod.DELETE ? null : body.toString();
      response.putHeader("Causa-Version", node.write(key, value).version());
      answer(node, request, 200, new JsonObject().put("keys", new JsonArray().add(key)));
      return;
    }
    FakeWrite shown = node.store.get(key);
    if (shown != null) {
      response.putHeader("Causa-Version", shown.version());
    }
    if (shown == null || shown.value() == null) {
      answer(node, request, 404, new JsonObject().put("title", "Not Found"));
    } else if (String.valueOf(request.getHeader("Accept")).contains("causa")) {
      answer(node, request, 200, detail(node, shown));
    } else {
      headers(node, request);
      response.putHeader("Content-Type", "text/plain").end(shown.value());
    }
  }

  private static JsonObject detail(FakeNode node, FakeWrite write) {
    JsonArray conflicts = new JsonArray();
    node.losers
        .getOrDefault(write.key(), new ArrayList<>())
        .forEach(loser -> conflicts.add(version(loser)));
    return version(write).put("key", write.key()).put("conflicts", conflicts);
  }

  private static JsonObject version(FakeWrite write) {
    return new JsonObject()
        .put("version", write.version())
        .put("value", write.value())
        .put("lamport", write.lamport())
        .put("origin", write.origin());
  }

  private JsonObject status(FakeNode node) {
    JsonArray buffered = new JsonArray();
    node.buffered.forEach(
        write ->
            buffered.add(
                new JsonObject()
                    .put("version", write.version())
                    .put("keys", new JsonArray().add(write.key()))
                    .put("waitsFor", node.waitsFor(write))));
    JsonArray held = new JsonArray();
    node.held.forEach(
        key ->
            held.add(
                new JsonObject()
                    .put("keys", new JsonArray().add(key))
                    .put("waitsFor", node.heldFor.get(key))));
    return new JsonObject()
        .put("id", node.name)
        .put("replica", node.name + ".fake")
        .put("ready", true)
        .put("vc", new JsonObject(new LinkedHashMap<>(node.vc)))
        .put("clock", new JsonObject(new LinkedHashMap<>(node.vc)))
        .put("buffered_msgs", node.buffered.size())
        .put("buffered", buffered)
        .put("held_requests", node.held.size() + node.parked)
        .put("held", held)
        .put("faults", rules);
  }

  private static String clock(FakeNode node) {
    return node.vc.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Long> context(String token) {
    Map<String, Long> context = new HashMap<>();
    if (token != null) {
      for (String part : token.substring("fake:".length()).split(", ")) {
        context.put(part.split("=")[0], Long.valueOf(part.split("=")[1]));
      }
    }
    return context;
  }

  private static void headers(FakeNode node, HttpServerRequest request) {
    request.response().putHeader("Causa-Clock", clock(node));
    if (!node.vc.isEmpty()) {
      request.response().putHeader("Causa-Context", "fake:" + clock(node));
    }
  }

  private static void answer(
      FakeNode node, HttpServerRequest request, int status, JsonObject body) {
    headers(node, request);
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }
}
