package io.causa.bench.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Single requests to a server on this machine, outside of what is measured. */
final class Answers {

  private static final String READY = "/health/ready";
  private static final int READY_SECONDS = 90;
  private static final int OK = 200;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Answers() {}

  /**
   * Asks for a path.
   *
   * @param headers names and values by turns
   * @throws BenchException if the answer is not 200
   */
  static HttpResponse<byte[]> get(int port, String path, String... headers) {
    HttpRequest.Builder request = request(port, path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return require(send(request.build()));
  }

  /**
   * Sends a body with a method.
   *
   * @throws BenchException if the answer is not 200
   */
  static HttpResponse<byte[]> send(
      String method, int port, String path, String contentType, String body) {
    return require(
        send(
            request(port, path)
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofString(body))
                .build()));
  }

  /** Puts each key that the load reads and writes once. */
  static void putAll(int port) {
    String value = "x".repeat(Wrk.VALUE_BYTES);
    for (int key = 1; key <= Wrk.KEYS; key++) {
      send("PUT", port, "/kv/bench-" + key, "text/plain", value);
    }
  }

  /** Waits until the node serves clients. */
  static void awaitReady(Child node, int port) {
    await(node, port, READY);
  }

  /** Waits until a path is answered with 200. */
  static void await(Child node, int port, String path) {
    long deadlineNanos = System.nanoTime() + Duration.ofSeconds(READY_SECONDS).toNanos();
    while (!isAnswered(port, path)) {
      node.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new BenchException(
            "port %d is not ready after %d s; %s".formatted(port, READY_SECONDS, node.lastWords()));
      }
      Lab.sleepMillis(50);
    }
  }

  private static boolean isAnswered(int port, String path) {
    try {
      return CLIENT.send(request(port, path).build(), BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new BenchException("the run was interrupted", interrupted);
    }
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + Lab.HOST + ":" + port + path))
        .timeout(LIMIT);
  }

  private static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException failed) {
      throw new BenchException("no answer to " + request, failed);
    }
  }

  private static HttpResponse<byte[]> require(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != OK) {
      throw new BenchException(
          "%s answered %d: %s"
              .formatted(answer.uri(), answer.statusCode(), new String(answer.body())));
    }
    return answer;
  }
}
