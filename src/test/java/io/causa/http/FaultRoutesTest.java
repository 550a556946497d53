package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.replication.link.LinkFaultRule;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void rulesAreSetAsAWholeAndShown() throws Exception {
    Reply reply =
        put(
            """
            {"rules":[
              {"from":"node1","to":"node3","origin":"*","delayMillis":3000,"jitterMillis":10,
               "drop":0.1,"duplicate":1,"reorder":0,"hold":false},
              {"hold":true}]}""");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(http.node.faults)
        .containsExactly(
            new LinkFaultRule(
                Optional.of("node1"),
                Optional.of("node3"),
                Optional.empty(),
                3000,
                10,
                0.1,
                1,
                0,
                false),
            new LinkFaultRule(
                Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, 0, 0, true));
    JsonObject shown = http.get("/admin/faults").json();
    assertThat(shown.getJsonArray("rules").getJsonObject(0).encode())
        .isEqualTo(
            "{\"from\":\"node1\",\"to\":\"node3\",\"origin\":\"*\",\"delayMillis\":3000,\"jitterMillis\":10,"
                + "\"drop\":0.1,\"duplicate\":1.0,\"reorder\":0.0,\"hold\":false}");
    assertThat(http.get("/status").json().getJsonArray("faults"))
        .isEqualTo(shown.getJsonArray("rules"));
  }

  @Test
  void anEmptyListHeals() throws Exception {
    put("{\"rules\":[{\"hold\":true}]}");

    assertThat(put("{\"rules\":[]}").text()).isEqualTo("{\"rules\":[]}");
    assertThat(http.node.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT"})
  void withoutTheFlagFaultsAreForbiddenAndTheAnswerSaysHowToAllowThem(String method)
      throws Exception {
    http.node.faultsAllowed = false;

    Reply reply = http.send(method, "/admin/faults", "{\"rules\":[]}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.problem()).isEqualTo("faults-off");
    assertThat(reply.detail()).contains("--faults");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"hold\":1}`, hold, 1",
        "`{\"delayMillis\":-1}`, delayMillis, -1",
        "`{\"delayMillis\":600001}`, delayMillis, 600001",
        "`{\"delayMillis\":99999999999999999999}`, delayMillis, milliseconds",
        "`{\"delayMillis\":1.5}`, delayMillis, 1.5",
        "`{\"delayMillis\":\"1\"}`, delayMillis, 1",
        "`{\"jitterMillis\":null}`, jitterMillis, null",
        "`{\"drop\":1.1}`, drop, 1.1",
        "`{\"drop\":-0.1}`, drop, -0.1",
        "`{\"drop\":true}`, drop, true",
        "`{\"hold\":true,\"from\":\"Node 1\"}`, from, Node 1",
        "`{\"hold\":true,\"to\":3}`, to, 3",
        "`{\"hold\":true,\"form\":\"node1\"}`, form, no field",
        "`{\"from\":\"node1\"}`, effect, delayMillis",
        "`7`, object, 7"
      })
  void aWrongRuleIsRefusedWithItsIndexFieldAndValue(String rule, String field, String value)
      throws Exception {
    Reply reply = put("{\"rules\":[{\"hold\":true}," + rule + "]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-fault-rule");
    assertThat(reply.json().getInteger("index")).isEqualTo(1);
    assertThat(reply.detail()).contains("rules[1]").contains(field).contains(value);
    assertThat(http.node.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"rules\":{}}", "{\"rules\":null}", "{\"rule\":[]}", "[]", ""})
  void aBodyOfAnotherShapeIsRefused(String body) throws Exception {
    assertThat(put(body).problem()).isEqualTo("bad-body");
  }

  private Reply put(String body) throws Exception {
    return http.put("/admin/faults", body);
  }
}
