package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcksTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aWriteThatEnoughPeersHaveIsAnsweredWithTheirNumber() throws Exception {
    http.node.acks = 2;

    Reply reply = http.put("/kv/a", "1", "Causa-Acks: 1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Causa-Acks")).isEqualTo("2");
    assertThat(reply.header("Causa-Version")).isEqualTo("node1:1");
  }

  @Test
  void aWriteThatTooFewPeersHaveIsAnErrorThatSaysItIsWritten() throws Exception {
    http.node.acks = 1;

    Reply reply = http.put("/kv/a", "1", "Causa-Acks: 2", "Prefer: wait=1");

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.problem()).isEqualTo("acks-not-met");
    assertThat(reply.header("Causa-Acks")).isEqualTo("1");
    assertThat(reply.header("Causa-Version")).isEqualTo("node1:1");
    assertThat(reply.detail()).contains("node1:1", "1 of 2", "Do not write again");
    assertThat(http.get("/kv/a").status()).isEqualTo(200);
  }

  @Test
  void aWriteThatDoesNotAskSaysNothing() throws Exception {
    assertThat(http.put("/kv/a", "1").header("Causa-Acks")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "-1", "1.5", "100", ""})
  void whatIsNoNumberOfPeersIsRefusedBeforeAnythingIsWritten(String acks) throws Exception {
    Reply reply = http.put("/kv/a", "1", "Causa-Acks: " + acks);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-acks");
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
  }
}
