package io.causa.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The example of {@code docs/java-client.md}: {@link JavaClientPageTest} holds both together. */
final class JavaClientExample {
  private JavaClientExample() {}

  // begin of the example
  /** Writes at one node, then reads that write or a later one at another node. */
  static Future<String> greet(Vertx vertx, String url, String otherUrl) {
    CausaClient node = CausaClient.open(vertx, url);
    CausaClient other = CausaClient.open(vertx, otherUrl);
    CausaSession session = new CausaSession();
    return session
        .put(node, "greeting", "hello")
        .compose(written -> session.get(other, "greeting"))
        .map(JavaClientExample::text);
  }

  private static String text(Answer answer) {
    if (answer instanceof Answer.Found found) {
      return found.text();
    }
    if (answer instanceof Answer.Absent) {
      return "(no value)";
    }
    throw new IllegalStateException("the node answered " + answer);
  }
  // end of the example
}
