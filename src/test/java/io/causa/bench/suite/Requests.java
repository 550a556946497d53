package io.causa.bench.suite;

import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** The requests of an {@link OpenLoop}, made once. */
final class Requests {

  private Requests() {}

  /** Puts of 100 bytes to 1,000 keys in turn. */
  static LongFunction<byte[]> puts() {
    String body = "x".repeat(Wrk.VALUE_BYTES);
    return inTurn(
        "PUT", "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
  }

  /** Reads of 1,000 keys in turn. */
  static LongFunction<byte[]> gets() {
    return inTurn("GET", "\r\n");
  }

  private static LongFunction<byte[]> inTurn(String method, String rest) {
    byte[][] prepared =
        IntStream.rangeClosed(1, Wrk.KEYS)
            .mapToObj(
                key ->
                    method + " /kv/bench-" + key + " HTTP/1.1\r\nHost: " + Lab.HOST + "\r\n" + rest)
            .map(request -> request.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    return number -> prepared[(int) (number % prepared.length)];
  }
}
