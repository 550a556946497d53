package io.causa.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

/**
 * Answers as a node gives them, made once.
 *
 * @param ofPut the headers of the answer to a PUT
 * @param putBody its body
 * @param ofGet the headers of the answer to a GET
 */
record Imitation(MultiMap ofPut, Buffer putBody, MultiMap ofGet) {

  /** Belongs to the answer that is sent, and not to the one that was received. */
  private static final Set<String> NOT_IMITATED = Set.of("content-length", "connection");

  private static final int VALUE_BYTES = 100;
  private static final int OK = 200;

  /** Imitates nothing. */
  static Imitation plain() {
    return new Imitation(
        HttpHeaders.headers().set("content-type", "application/json"),
        Buffer.buffer("{\"key\":\"/kv/bench-1\"}"),
        HttpHeaders.headers().set("content-type", "application/octet-stream"));
  }

  /**
   * Asks a node on this machine for an answer of each kind.
   *
   * @throws IOException if it does not give them
   */
  static Imitation of(int port) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    URI key = URI.create("http://127.0.0.1:" + port + "/kv/bench-1");
    HttpRequest.Builder put =
        HttpRequest.newBuilder(key)
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("x".repeat(VALUE_BYTES)));
    HttpResponse<byte[]> written = ask(client, put.build());
    HttpResponse<byte[]> read = ask(client, HttpRequest.newBuilder(key).build());
    return new Imitation(headers(written), Buffer.buffer(written.body()), headers(read));
  }

  private static HttpResponse<byte[]> ask(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      throw new IOException(request + " was answered with " + answer.statusCode());
    }
    return answer;
  }

  /** Names and values that are checked and encoded once, which is the best that Vert.x offers. */
  private static MultiMap headers(HttpResponse<byte[]> answer) {
    MultiMap headers = HttpHeaders.headers();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_IMITATED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                headers.set(
                    HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(values.get(0)));
              }
            });
    return headers;
  }
}
