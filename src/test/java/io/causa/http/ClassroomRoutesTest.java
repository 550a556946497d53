package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassroomRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void aPutIsStoredAndAnsweredWithTheClock(String method) throws Exception {
    Reply reply = http.send(method, "/put", "{\"key\":\"x\",\"value\":5}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().encode()).isEqualTo("{\"message\":\"stored\",\"vc\":{\"node1\":1}}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"`5`", "`\"five\"`", "`{\"a\":[true]}`", "`null`", "`\"\"`"})
  void aValueOfAnyJsonComesBackAsItself(String value) throws Exception {
    http.send("POST", "/put", "{\"key\":\"x\",\"value\":" + value + "}");

    for (String path : new String[] {"/get", "/read"}) {
      Reply reply = http.get(path + "?key=x");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text())
          .isEqualTo("{\"key\":\"x\",\"value\":" + value + ",\"vc\":{\"node1\":1}}");
    }
  }

  @Test
  void anAbsentKeyIsAnsweredWithAMessage() throws Exception {
    Reply reply = http.get("/get?key=nothing");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().getString("message")).contains("nothing");
    assertThat(reply.json().getJsonObject("vc")).isEqualTo(new JsonObject());
  }

  @Test
  void aPutAheadOfThisNodeIsBufferedUntilItsDependenciesArrive() throws Exception {
    Reply reply = http.send("POST", "/put", "{\"key\":\"y\",\"value\":\"1\",\"vc\":{\"node2\":1}}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().getString("message")).contains("buffered").contains("node2:1");
    assertThat(reply.json().getString("id")).isNotBlank();
    assertThat(reply.header("Location")).isEqualTo("/admin/held/" + reply.json().getString("id"));
    assertThat(reply.json().getJsonObject("vc")).isEqualTo(new JsonObject());
    assertThat(http.get("/get?key=y").status()).isEqualTo(404);

    http.node.applyFromPeer(1, 1, new Mutation.Put("x", Value.text("1")));

    assertThat(http.get("/get?key=y").json().getJsonObject("vc"))
        .isEqualTo(new JsonObject("{\"node1\":1,\"node2\":1}"));
  }

  @Test
  void aCoveredClockIsStoredAtOnce() throws Exception {
    http.send("POST", "/put", "{\"key\":\"x\",\"value\":1}");

    Reply reply =
        http.send(
            "POST",
            "/put",
            "{\"key\":\"x\",\"value\":2,\"vc\":{\"node1\":1,\"node2\":0,\"node3\":0}}");

    assertThat(reply.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"node9\":1}",
        "{\"node1\":-1}",
        "{\"node1\":1.5}",
        "{\"node1\":\"1\"}",
        "{\"node1\":null}",
        "{\"node1\":99999999999999999999}",
        "{\"node1\":1e400}",
        "[1,0,0]",
        "\"node1=1\"",
        "null"
      })
  void aClockThatCannotBeIsRefused(String clock) throws Exception {
    Reply reply = http.send("POST", "/put", "{\"key\":\"x\",\"value\":1,\"vc\":" + clock + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-clock");
    assertThat(http.node.store().view().size()).isZero();
  }

  /** The clock is of node2's first generation, and node2 came back without its data. */
  @Test
  void aClockFromBeforeANodeWasANewGenerationIsRefused() throws Exception {
    http.node.applyFromPeer(1, 1, new Mutation.Put("x", Value.text("1")));
    String bare = http.get("/get?key=x").json().getJsonObject("vc").encode();
    assertThat(bare).isEqualTo("{\"node2\":1}");

    http.node.names = new ReplicaNames(List.of(FakeNode.PEER, new Replica("node2", 99)));
    Reply reply = http.send("POST", "/put", "{\"key\":\"y\",\"value\":1,\"vc\":" + bare + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-clock");
    assertThat(reply.json().getString("detail")).contains("node2.2").contains("node2.2r");
    String full = http.get("/get?key=x").json().getJsonObject("vc").encode();
    assertThat(full).isEqualTo("{\"node2.2\":1}");
    assertThat(
            http.send("POST", "/put", "{\"key\":\"y\",\"value\":1,\"vc\":" + full + "}").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"key\":\"x\"}",
        "{\"value\":1}",
        "{\"key\":1,\"value\":1}",
        "{\"key\":\"x\",\"value\":1,\"vcs\":{}}",
        "key=x&value=1"
      })
  void aBodyOfAnotherShapeIsRefused(String body) throws Exception {
    assertThat(http.send("POST", "/put", body).problem()).isEqualTo("bad-body");
  }

  @Test
  void bytesAreGivenInBase64() throws Exception {
    http.put("/kv/raw", "a");

    assertThat(http.get("/get?key=raw").text())
        .isEqualTo(
            "{\"key\":\"raw\",\"value\":\"YQ==\",\"encoding\":\"base64\",\"vc\":{\"node1\":1}}");
  }

  @Test
  void aMalformedPreferenceIsRefusedBeforeAnythingIsWritten() throws Exception {
    Reply reply = http.send("POST", "/put", "{\"key\":\"x\",\"value\":1}", "Prefer: wait=soon");

    assertThat(reply.problem()).isEqualTo("bad-preference");
    assertThat(http.node.store().view().size()).isZero();
  }
}
