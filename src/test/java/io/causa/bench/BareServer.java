package io.causa.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The yardstick of the benchmarks over HTTP: a Vert.x server that keeps values in a map and does
 * nothing else. One instance per core, like a node's HTTP side. Its answers have the headers of a
 * node, and those to a PUT the body as well: with them, a ratio tells what the rest of a node
 * costs.
 *
 * <p>{@code BareServer PORT [PORT-OF-A-NODE]}: without a node to imitate, answers have one header.
 */
public final class BareServer extends VerticleBase {
  private static final String HOST = "127.0.0.1";
  private static final int NOT_FOUND = 404;

  private final Map<String, Buffer> values;
  private final Imitation imitation;
  private final int port;

  private BareServer(Map<String, Buffer> values, Imitation imitation, int port) {
    this.values = values;
    this.imitation = imitation;
    this.port = port;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[0]);
    Imitation imitation =
        args.length > 1 ? Imitation.of(Integer.parseInt(args[1])) : Imitation.plain();
    Map<String, Buffer> values = new ConcurrentHashMap<>();
    int cores = Runtime.getRuntime().availableProcessors();
    Vertx.vertx()
        .deployVerticle(
            () -> new BareServer(values, imitation, port),
            new DeploymentOptions().setInstances(cores))
        .onFailure(BareServer::exit);
  }

  private static void exit(Throwable failure) {
    System.err.println(failure);
    System.exit(1);
  }

  @Override
  public Future<?> start() {
    HttpServer server = vertx.createHttpServer().requestHandler(this::handle);
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
    answer(request, imitation.ofPut(), imitation.putBody());
  }

  private void get(HttpServerRequest request) {
    Buffer value = values.get(request.path());
    if (value != null) {
      answer(request, imitation.ofGet(), value);
    } else if (request.path().startsWith("/health")) {
      request.response().end();
    } else {
      request.response().setStatusCode(NOT_FOUND).end();
    }
  }

  private static void answer(HttpServerRequest request, MultiMap headers, Buffer body) {
    HttpServerResponse response = request.response();
    response.headers().setAll(headers);
    response.end(body);
  }
}
