package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.node.port.ProcessMemory;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All answers with values in JSON may take 16 kB, so 3 kB of values fit and 4 kB do not. */
class AnswersUnderWayTest {

  private static final NodeConfig.Http LIMITS =
      NodeConfigLoader.load(
              Map.of("http.port", "0", "http.answersUnderWayBytes", "16000"),
              Map.of(),
              Optional.empty())
          .http();

  private static final String DETAILS = "Accept: application/vnd.causa+json";

  @RegisterExtension final HttpFixture http = new HttpFixture(LIMITS);

  @Test
  void anAnswerThatNeverFitsIsRefusedAndTheBytesOfItsKeysAreNot() throws Exception {
    http.put("/kv/a", "x".repeat(2000));
    http.put("/kv/b", "x".repeat(2000));

    Reply reply = http.get("/kv?key=a&key=b");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.problem()).isEqualTo("too-large");
    assertThat(reply.json().getString("limit")).isEqualTo("http.answersUnderWayBytes");
    assertThat(http.get("/kv?key=a").status()).isEqualTo(200);
    assertThat(http.get("/kv/a").bytes()).hasSize(2000);
    assertThat(load().getInteger("answersRefused")).isEqualTo(1);
  }

  @Test
  void eachRoadToValuesInJsonIsBounded() throws Exception {
    http.put("/kv/a", "x".repeat(4000));
    http.put("/kv/json", "[" + "{},".repeat(1300) + "1]", "Content-Type: application/json");

    for (String key : new String[] {"a", "json"}) {
      assertThat(http.get("/get?key=" + key).status()).isEqualTo(413);
      assertThat(http.get("/kv?key=" + key).status()).isEqualTo(413);
      assertThat(http.get("/kv/" + key, DETAILS).status()).isEqualTo(413);
      assertThat(http.get("/kv/" + key).status()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerThatIsSentMakesRoom() throws Exception {
    http.put("/kv/a", "x".repeat(3000));

    for (int i = 0; i < 3; i++) {
      assertThat(http.get("/get?key=a").status()).isEqualTo(200);
      assertThat(http.get("/kv?key=a").status()).isEqualTo(200);
      assertThat(http.get("/kv/a", DETAILS).status()).isEqualTo(200);
      assertThat(http.send("HEAD", "/kv/a", null, DETAILS).status()).isEqualTo(200);
    }

    HttpFixture.await(() -> load().getInteger("answersBytes") == 0);
  }

  @Test
  void anAnswerWaitsForTheOthersToBeSent() {
    HttpLoad load = HttpLoad.of(LIMITS, new ProcessMemory(1 << 30, 1 << 30));
    Exchange first = new Exchange(new Edge(null, LIMITS, load, null, null, null), null, null);
    Exchange second = new Exchange(new Edge(null, LIMITS, load, null, null, null), null, null);
    AnswerRoom.reserveVersions(first, Stream.of(version()));

    assertThatThrownBy(() -> AnswerRoom.reserveVersions(second, Stream.of(version())))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.OVERLOADED));

    first.releaseAnswer();
    AnswerRoom.reserveVersions(second, Stream.of(version()));
    second.releaseAnswer();
    assertThat(load.answers().bytes()).isZero();
  }

  private static KeyVersion version() {
    Dot dot = new Dot(new Replica("node1", 1), 1);
    return new KeyVersion(dot, 1, new Mutation.Put("a", Value.text("x".repeat(2000))), 0);
  }

  private JsonObject load() {
    try {
      return http.get("/status").json().getJsonObject("http");
    } catch (java.io.IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
