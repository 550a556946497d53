package io.causa.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausaSessionTest {

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedNode node = new ScriptedNode(vertx);
  private final CausaClient client = CausaClient.open(vertx, node.url());
  private final CausaSession session = new CausaSession("before");

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aWriteThatTooFewPeersHaveIsReadByItsSession() throws Exception {
    node.then(504, Map.of("Causa-Context", "written"), problem("acks-not-met"));
    node.then(504, Map.of("Causa-Context", "deleted"), problem("acks-not-met"));
    node.then(200, Map.of("Causa-Context", "read"), "1");

    Answer answer = await(session.put(client, "x", "1", Ask.PLAIN.withAcks(2)));
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    await(session.delete(client, "x", Ask.PLAIN.withAcks(2)));
    await(session.get(client, "x"));

    assertThat(node.askedContexts()).containsExactly("before", "written", "deleted");
    assertThat(session.context()).isEqualTo("read");
  }

  @ParameterizedTest
  @CsvSource({"503, dependency-not-met", "507, data-full", "500, internal-error", "202, held"})
  void anAnswerThatDidNotMeetTheContextIsNotCarriedOn(int status, String type) throws Exception {
    node.then(status, Map.of("Causa-Context", "less"), problem(type));

    await(session.put(client, "x", "1"));

    assertThat(session.context()).isEqualTo("before");
  }

  @Test
  void anAnswerWithoutAContextChangesNothing() throws Exception {
    node.then(504, Map.of(), problem("acks-not-met"));
    node.then(200, Map.of(), "");

    await(session.put(client, "x", "1"));
    await(session.put(client, "x", "1"));

    assertThat(session.context()).isEqualTo("before");
  }

  private static String problem(String type) {
    return "{\"type\":\"urn:problem-type:causa:" + type + "\",\"title\":\"t\"}";
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
