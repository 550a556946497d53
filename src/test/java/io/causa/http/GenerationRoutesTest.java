package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.membership.RetireOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationRoutesTest {

  private static final String PATH = "/admin/generations/" + FakeNode.PEER;

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aFormerGenerationIsRetiredBehindItsLastWrite() throws Exception {
    http.node.retiring = replica -> new RetireOutcome.Retired(new Dot(replica, 6));

    Reply reply = http.send("DELETE", PATH, null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"retired\":\"node2.2\",\"last\":6}");
  }

  @Test
  void theFormOfEarlierVersionsIsUnderstood() throws Exception {
    http.node.retiring = replica -> new RetireOutcome.Retired(new Dot(replica, 6));

    Reply reply = http.send("DELETE", "/admin/generations/node2~2", null);

    assertThat(reply.text()).isEqualTo("{\"retired\":\"node2.2\",\"last\":6}");
  }

  @Test
  void whoLacksWhatIsNamedInTheRefusal() throws Exception {
    http.node.retiring =
        replica -> new RetireOutcome.Unsettled(new Dot(replica, 6), List.of("x lacks y", "z"));

    Reply reply = http.send("DELETE", PATH, null);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("generation-in-use");
    assertThat(reply.detail()).contains("node2.2:6").contains("x lacks y; z");
  }

  @Test
  void aMemberIsNotRetired() throws Exception {
    http.node.retiring = RetireOutcome.Current::new;

    Reply reply = http.send("DELETE", PATH, null);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.detail()).contains("node2.2").contains("member");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node9.1", "node2", "~", "node2.2.2", "node2~2~2", ".2", "%20", "node2.2"})
  void whateverIsUnknownIsNamedInTheRefusal(String generation) throws Exception {
    Reply reply = http.send("DELETE", "/admin/generations/" + generation, null);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.problem()).isEqualTo("unknown-generation");
  }
}
