package io.causa.bench.suite;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes sure that the bare server gives the answers of a node. */
final class SameAnswers {

  private static final String PATH = "/kv/bench-1";

  /** Numbers of writes grow while a node is loaded; nothing else may differ. */
  private static final int TOLERATED_BYTES = 60;

  private SameAnswers() {}

  /**
   * Compares the answers to a PUT and to a GET.
   *
   * @return how large they are, for people
   * @throws BenchException if the headers have other names, or the sizes differ
   */
  static String require(int node, int bare) {
    String value = "x".repeat(Wrk.VALUE_BYTES);
    String put =
        compare(
            "PUT",
            Answers.send("PUT", node, PATH, "text/plain", value),
            Answers.send("PUT", bare, PATH, "text/plain", value));
    String get = compare("GET", Answers.get(node, PATH), Answers.get(bare, PATH));
    return put + "; " + get + ".";
  }

  private static String compare(
      String method, HttpResponse<byte[]> node, HttpResponse<byte[]> bare) {
    int ours = sizeBytes(node);
    int theirs = sizeBytes(bare);
    if (!names(node).equals(names(bare)) || Math.abs(ours - theirs) > TOLERATED_BYTES) {
      throw new BenchException(
          "the bare server does not answer %s as the node does: %s (%d B), not %s (%d B)"
              .formatted(method, names(bare), theirs, names(node), ours));
    }
    return "its answer to %s has %d B with %d headers, that of bare Vert.x %d B"
        .formatted(method, ours, names(node).size(), theirs);
  }

  private static Set<String> names(HttpResponse<byte[]> answer) {
    return answer.headers().map().keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int sizeBytes(HttpResponse<byte[]> answer) {
    int headers =
        answer.headers().map().entrySet().stream()
            .mapToInt(
                header ->
                    header.getValue().stream()
                        .mapToInt(
                            value -> header.getKey().length() + ": \r\n".length() + value.length())
                        .sum())
            .sum();
    return "HTTP/1.1 200 OK\r\n".length() + headers + "\r\n".length() + answer.body().length;
  }
}
