package io.causa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/java-client.md} is this code, and it runs. */
class JavaClientPageTest {
  private static final Path PAGE = Path.of("docs", "java-client.md");
  private static final Path CODE = Path.of("src/test/java/io/causa/client/JavaClientExample.java");

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedNode node = new ScriptedNode(vertx);
  private final ScriptedNode other = new ScriptedNode(vertx);

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void thePageShowsTheCode() throws IOException {
    String code = between(Files.readString(CODE), "// begin of the example\n", "  // end of");
    assertThat(between(Files.readString(PAGE), "```java\n", "```")).isEqualTo(code.indent(-2));
  }

  @Test
  void theSessionCarriesItsContextToTheOtherNode() throws Exception {
    node.then(200, Map.of("Causa-Context", "token-1"), "{}");
    other.then(200, Map.of("Causa-Context", "token-2"), "hello");
    assertThat(greet()).isEqualTo("hello");
    assertThat(node.asked().body()).isEqualTo("hello");
    assertThat(other.asked().headers().get("Causa-Context")).isEqualTo("token-1");
  }

  @Test
  void aRefusalIsAnAnswerToo() {
    node.then(200, Map.of("Causa-Context", "token-1"), "{}");
    other.then(503, Map.of(), "{}");
    assertThatThrownBy(this::greet).hasMessageContaining("the node answered 503");
  }

  private String greet() throws Exception {
    return await(JavaClientExample.greet(vertx, node.url(), other.url()));
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    assertThat(from).as(begin).isGreaterThanOrEqualTo(begin.length());
    return text.substring(from, text.indexOf(end, from));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
