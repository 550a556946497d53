package io.causa.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Speaks to one node over HTTP. Thread-safe. Each call is one request, never repeated; its future
 * fails only for a fault in this program, everything else is an {@link Answer}.
 */
public final class CausaClient implements AutoCloseable {
  private static final String DETAILS = "application/vnd.causa+json";
  private static final String JSON = "application/json";
  private static final String ENCRYPTED = "https";
  private static final List<String> SCHEMES = List.of("http", ENCRYPTED);
  private static final int MOST_PORT = 65_535;
  private static final String HELD = "/admin/held";
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int CONNECTIONS = 32;
  private static final int WAITING_REQUESTS = 10_000;

  /** How long a copy of a node's data may take where it cannot share files with the original. */
  private static final int BACKUP_SECONDS = 3600;

  /** What the network may take beyond the time for which the node was asked to wait. */
  private static final long NETWORK_TIMEOUT_MILLIS = 5_000;

  private final String url;

  /** In a field: a client that nobody holds may be closed by the garbage collector. */
  private final HttpClient http;

  private final Optional<String> authorization;

  private CausaClient(HttpClient http, String url, ClientAccess access) {
    this.http = http;
    this.url = url;
    this.authorization = access.token().map(token -> "Bearer " + token);
  }

  /**
   * Opens a client; nothing is sent yet.
   *
   * @param url the node's address, as {@code http://127.0.0.1:5001}
   * @throws IllegalArgumentException if it is no such address
   */
  public static CausaClient open(Vertx vertx, String url) {
    return open(vertx, url, ClientAccess.NONE);
  }

  /**
   * Opens a client of a node that asks who calls; nothing is sent yet.
   *
   * @param url the node's address, as {@code https://causa.example:5001}
   * @throws IllegalArgumentException if it is no such address
   */
  public static CausaClient open(Vertx vertx, String url, ClientAccess access) {
    URI uri = address(url);
    boolean encrypted = uri.getScheme().equals(ENCRYPTED);
    HttpClientOptions options =
        new HttpClientOptions()
            .setDefaultHost(uri.getHost())
            .setDefaultPort(uri.getPort() < 0 ? (encrypted ? 443 : 80) : uri.getPort())
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    if (encrypted) {
      access.secure(options);
    }
    PoolOptions pool =
        new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING_REQUESTS);
    HttpClient http =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(CausaClient::leaveFailuresToRequests)
            .build();
    return new CausaClient(http, url, access);
  }

  private static URI address(String url) {
    try {
      URI uri = new URI(url);
      if (SCHEMES.contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPort() <= MOST_PORT) {
        return uri;
      }
    } catch (URISyntaxException wrong) {
      // said below
    }
    throw new IllegalArgumentException(
        "not the address of a node, such as http://127.0.0.1:5001: " + url);
  }

  /**
   * The requests on a connection that breaks fail and say why. Without a handler Vert.x would log
   * it as an error, too, for each connection that a starting node resets.
   */
  private static void leaveFailuresToRequests(HttpConnection connection) {
    connection.exceptionHandler(broken -> connection.close());
  }

  /** The node's address. */
  public String url() {
    return url;
  }

  /** Answers {@link Answer.Found} or {@link Answer.Absent}. */
  public Future<Answer> get(String key, Ask ask) {
    return send(HttpMethod.GET, KeyPath.of(key), ask, null, null, Answers::read);
  }

  /**
   * The value with its version, origin and conflicts: answers {@link Answer.Described} or {@link
   * Answer.Absent}.
   */
  public Future<Answer> describe(String key, Ask ask) {
    return send(HttpMethod.GET, KeyPath.of(key), ask, DETAILS, null, Answers::described);
  }

  /**
   * Several keys of one instant: answers {@link Answer.Snapshot}. A key without a value has a null
   * value there.
   */
  public Future<Answer> snapshot(List<String> keys, Ask ask) {
    String query = keys.stream().map(KeyPath::parameter).collect(Collectors.joining("&"));
    return send(HttpMethod.GET, "/kv?" + query, ask, JSON, null, Answers::snapshot);
  }

  /** Answers {@link Answer.Written}, or {@link Answer.Buffered} if the ask allows for it. */
  public Future<Answer> put(String key, String value, Ask ask) {
    return put(key, Buffer.buffer(value), "text/plain; charset=utf-8", ask);
  }

  /** As {@link #put(String, String, Ask)}, for any bytes and their content type. */
  public Future<Answer> put(String key, Buffer value, String contentType, Ask ask) {
    return send(HttpMethod.PUT, KeyPath.of(key), ask, contentType, value, Answers::written);
  }

  public Future<Answer> delete(String key, Ask ask) {
    return send(HttpMethod.DELETE, KeyPath.of(key), ask, null, null, Answers::written);
  }

  /** Puts and deletes as one write: seen together or not at all. */
  public Future<Answer> batch(Map<String, String> put, List<String> delete, Ask ask) {
    Buffer body = Bodies.write(new Bodies.Batch(put, delete));
    return send(HttpMethod.POST, "/kv", ask, JSON, body, Answers::written);
  }

  /**
   * A put over the small JSON interface.
   *
   * @param vc what the client has seen, as counts by node; null for nothing. A node that is behind
   *     answers {@link Answer.Buffered}
   */
  public Future<Answer> smallPut(String key, String value, Map<String, Long> vc) {
    Buffer body = Bodies.write(new Bodies.SmallPut(key, value, vc));
    return send(HttpMethod.POST, "/put", Ask.PLAIN, JSON, body, Answers::written);
  }

  /** Answers {@link Answer.Reported}. */
  public Future<Answer> status() {
    return send(HttpMethod.GET, "/status", Ask.PLAIN, JSON, null, Answers::reported);
  }

  /**
   * The status as JSON text, for people and programs that want all of it: answers {@link
   * Answer.Found}.
   */
  public Future<Answer> statusText() {
    return send(HttpMethod.GET, "/status", Ask.PLAIN, JSON, null, Answers::read);
  }

  /** Answers {@link Answer.Done} once the node serves requests. */
  public Future<Answer> ready() {
    return send(HttpMethod.GET, "/health/ready", Ask.PLAIN, null, null, Answers::done);
  }

  /**
   * Lists writes that the node holds for clients that do not wait: answers {@link Answer.HeldList}.
   *
   * @param after the {@code next} of the page before; null for the first page
   * @param limit how many at the most; null for the node's default
   */
  public Future<Answer> held(String after, Integer limit) {
    List<String> query = new ArrayList<>();
    if (after != null) {
      query.add(KeyPath.parameter("after", after));
    }
    if (limit != null) {
      query.add(KeyPath.parameter("limit", limit.toString()));
    }
    String path = HELD + (query.isEmpty() ? "" : "?" + String.join("&", query));
    return send(HttpMethod.GET, path, Ask.PLAIN, JSON, null, Answers::heldList);
  }

  /** Looks at a held write: answers {@link Answer.Held}, or a refusal if it is not held. */
  public Future<Answer> held(String id) {
    String path = HELD + "/" + KeyPath.segment(id);
    return send(HttpMethod.GET, path, Ask.PLAIN, JSON, null, Answers::held);
  }

  /**
   * Gives up a held write for good: answers {@link Answer.Cancelled}, or a refusal if it is not
   * held, because it is applied, for example.
   */
  public Future<Answer> cancelHeld(String id) {
    String path = HELD + "/" + KeyPath.segment(id);
    return send(HttpMethod.DELETE, path, Ask.PLAIN, null, null, Answers::cancelled);
  }

  /** Takes a node that left out of the cluster for good: answers {@link Answer.Forgotten}. */
  public Future<Answer> forget(String name) {
    String path = "/admin/members/" + KeyPath.segment(name);
    return send(HttpMethod.DELETE, path, Ask.PLAIN, null, null, Answers::forgotten);
  }

  /**
   * Closes the history of a generation that is no member any more, {@code name.generation}: answers
   * {@link Answer.Retired}.
   */
  public Future<Answer> retire(String generation) {
    String path = "/admin/generations/" + KeyPath.segment(generation);
    return send(HttpMethod.DELETE, path, Ask.PLAIN, null, null, Answers::retired);
  }

  /**
   * Sets the rules for this node's outgoing replication, in place of those it had; none heal it.
   * Answers {@link Answer.Done}.
   */
  public Future<Answer> faults(List<LinkFault> rules) {
    Buffer body = Bodies.write(new Bodies.Rules(rules));
    return send(HttpMethod.PUT, "/admin/faults", Ask.PLAIN, JSON, body, Answers::done);
  }

  /**
   * Lets the node copy its data into a directory of that name: answers {@link Answer.BackedUp}. The
   * answer may take minutes.
   */
  public Future<Answer> backup(String name) {
    String path = "/admin/backup?" + KeyPath.parameter("name", name);
    Ask patient = Ask.PLAIN.withWaitSeconds(BACKUP_SECONDS);
    return send(HttpMethod.POST, path, patient, JSON, null, Answers::backedUp);
  }

  @Override
  public void close() {
    http.close();
  }

  private Future<Answer> send(
      HttpMethod method,
      String path,
      Ask ask,
      String type,
      Buffer body,
      BiFunction<HttpClientResponse, Buffer, Answer> reading) {
    return http.request(options(method, path, ask))
        .compose(request -> exchange(request, body, type, reading))
        .recover(cause -> Future.succeededFuture(Answers.unreachable(url, cause)));
  }

  private static Future<Answer> exchange(
      HttpClientRequest request,
      Buffer body,
      String type,
      BiFunction<HttpClientResponse, Buffer, Answer> reading) {
    if (type != null) {
      request.putHeader(body == null ? "Accept" : "Content-Type", type);
    }
    Future<HttpClientResponse> response = body == null ? request.send() : request.send(body);
    return response.compose(r -> r.body().map(b -> Answers.safely(reading, r, b)));
  }

  private RequestOptions options(HttpMethod method, String path, Ask ask) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setURI(path)
            .setTimeout(ask.patienceSeconds() * 1_000L + NETWORK_TIMEOUT_MILLIS);
    authorization.ifPresent(proof -> options.putHeader("Authorization", proof));
    if (ask.context() != null) {
      options.putHeader("Causa-Context", ask.context());
    }
    if (ask.waitSeconds() != null) {
      options.addHeader("Prefer", "wait=" + ask.waitSeconds());
    }
    if (ask.respondAsync()) {
      options.addHeader("Prefer", "respond-async");
    }
    if (ask.acks() != null) {
      options.putHeader("Causa-Acks", ask.acks().toString());
    }
    return options;
  }
}
