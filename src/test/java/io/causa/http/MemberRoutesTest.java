package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.membership.ForgetOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aMemberThatLeftIsForgotten() throws Exception {
    http.node.forgetting =
        name ->
            name.equals("node3")
                ? new ForgetOutcome.Forgotten(FakeNode.THIRD)
                : new ForgetOutcome.Unknown(name);

    Reply reply = http.send("DELETE", "/admin/members/node3", null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"forgotten\":\"node3.3\"}");
  }

  @Test
  void aLiveMemberIsNotForgotten() throws Exception {
    http.node.forgetting = name -> new ForgetOutcome.Live(FakeNode.PEER, 12);

    Reply reply = http.send("DELETE", "/admin/members/node2", null);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("member-live");
    assertThat(reply.detail()).contains("node2.2").contains("12 ms");
  }

  @Test
  void aNodeDoesNotForgetItself() throws Exception {
    http.node.forgetting = name -> new ForgetOutcome.Self(FakeNode.SELF);

    Reply reply = http.send("DELETE", "/admin/members/node1", null);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.detail()).contains("node1.1").contains("another node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"node9", "NODE1", "node1.1", "a%2Fb", "%20"})
  void whoeverIsUnknownIsNamedInTheRefusal(String name) throws Exception {
    Reply reply = http.send("DELETE", "/admin/members/" + name, null);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.problem()).isEqualTo("unknown-member");
  }

  @Test
  void theNameIsOneSegmentAndTheMethodIsDelete() throws Exception {
    assertThat(http.send("DELETE", "/admin/members/a/b", null).problem()).isEqualTo("unknown-path");
    assertThat(http.send("DELETE", "/admin/members/", null).problem()).isEqualTo("unknown-path");
    assertThat(http.get("/admin/members/node1").status()).isEqualTo(405);
  }
}
