package io.causa.bench.suite;

/** Fills a node with the keys that {@code wrk.lua} writes: bench-1, bench-2 and so on. */
final class ManyKeys {

  private static final int KEYS_A_WRITE = 1000;

  private ManyKeys() {}

  /** Writes so many keys of 100 bytes. */
  static void fill(int port, int keys) {
    String value = "x".repeat(Wrk.VALUE_BYTES);
    for (int next = 1; next <= keys; ) {
      StringBuilder put = new StringBuilder("{\"put\":{");
      for (int end = Math.min(next + KEYS_A_WRITE, keys + 1); next < end; next++) {
        put.append("\"bench-").append(next).append("\":\"").append(value).append("\",");
      }
      put.setLength(put.length() - 1);
      Answers.send("POST", port, "/kv", "application/json", put.append("}}").toString());
    }
  }
}
