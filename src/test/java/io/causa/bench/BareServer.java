package io.causa.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The yardstick of {@code bin/bench http}: a Vert.x HTTP server that keeps values in a map and does
 * nothing else. One instance per core, like a node's HTTP side.
 */
final class BareServer extends VerticleBase {
  private static final String HOST = "127.0.0.1";

  private final Map<String, Buffer> values;
  private final int port;
  private HttpServer server;

  private BareServer(Map<String, Buffer> values, int port) {
    this.values = values;
    this.port = port;
  }

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    Map<String, Buffer> values = new ConcurrentHashMap<>();
    int cores = Runtime.getRuntime().availableProcessors();
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(
            () -> new BareServer(values, port), new DeploymentOptions().setInstances(cores))
        .onFailure(BareServer::exit);
  }

  private static void exit(Throwable failure) {
    System.err.println(failure);
    System.exit(1);
  }

  @Override
  public Future<?> start() {
    server = vertx.createHttpServer().requestHandler(this::handle);
    return server.listen(port, HOST);
  }

  private void handle(HttpServerRequest request) {
    if (request.method() == HttpMethod.PUT) {
      request
          .body()
          .onSuccess(body -> put(request, body))
          .onFailure(gone -> System.err.println("a client left within its request: " + gone));
    } else {
      get(request);
    }
  }

  private void put(HttpServerRequest request, Buffer body) {
    values.put(request.path(), body);
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end("{\"key\":\"" + request.path() + "\"}");
  }

  private void get(HttpServerRequest request) {
    Buffer value = values.get(request.path());
    if (value == null) {
      request.response().setStatusCode(404).end();
    } else {
      request.response().putHeader("Content-Type", "application/octet-stream").end(value);
    }
  }
}
