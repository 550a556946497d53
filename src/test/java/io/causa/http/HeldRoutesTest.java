package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldWrite;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held writes can be seen and cancelled. */
class HeldRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void heldWritesAreListed() throws Exception {
    hold(1, List.of("a", "b"));

    Reply reply = http.get("/admin/held");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .isEqualTo(
            "{\"held\":[{\"id\":\"1a-1\",\"keys\":[\"a\",\"b\"],\"bytes\":2048,\"heldMillis\":20,"
                + "\"expiresInMillis\":500,\"waitsFor\":\"node2:9\"}],\"heldWrites\":1,"
                + "\"heldBytes\":2048,\"more\":false,\"clock\":{}}");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void thePagesAreBoundedAndGoOn() throws Exception {
    IntStream.rangeClosed(1, 7).forEach(i -> hold(i, List.of("k" + i)));

    JsonObject first = http.get("/admin/held?limit=4").json();
    JsonObject second = http.get("/admin/held?limit=4&after=" + first.getString("next")).json();

    assertThat(first.getJsonArray("held")).hasSize(4);
    assertThat(first.getString("next")).isEqualTo("1a-4");
    assertThat(second.getJsonArray("held")).hasSize(3);
    assertThat(second.getBoolean("more")).isFalse();
    assertThat(second.containsKey("next")).isFalse();
    assertThat(http.get("/admin/held").json().getJsonArray("held")).hasSize(5);
    assertThat(http.get("/admin/held?limit=6").problem()).isEqualTo("bad-parameter");
    assertThat(http.get("/admin/held?after=x").problem()).isEqualTo("bad-parameter");
    assertThat(http.get("/admin/held?key=x").problem()).isEqualTo("bad-parameter");
  }

  @Test
  void aWriteOfManyKeysIsShownWithItsFirstOnesInTheList() throws Exception {
    hold(1, IntStream.range(0, 14).mapToObj(i -> "k" + i).toList());

    JsonObject listed = http.get("/admin/held").json().getJsonArray("held").getJsonObject(0);

    assertThat(listed.getJsonArray("keys")).hasSize(10);
    assertThat(listed.getInteger("moreKeys")).isEqualTo(4);
    assertThat(http.get("/admin/held/1a-1").json().getJsonArray("keys")).hasSize(14);
  }

  @Test
  void oneIsCancelledAndGoneThen() throws Exception {
    hold(1, List.of("a"));
    hold(2, List.of("b"));

    Reply reply = http.send("DELETE", "/admin/held/1a-1", null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"cancelled\":\"1a-1\",\"clock\":{}}");
    assertThat(http.get("/admin/held/1a-1").problem()).isEqualTo("unknown-held-write");
    assertThat(http.send("DELETE", "/admin/held/1a-1", null).status()).isEqualTo(404);
    assertThat(http.get("/admin/held/1a-2").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1b-1", "x", "1a", "1a-0", "1A-1", "1a-1-1", "zzzzzzzzzzzzzzzzzzzzz-1"})
  void whatIsNotHeldIsNamedInTheRefusal(String id) throws Exception {
    hold(1, List.of("a"));

    Reply reply = http.send("DELETE", "/admin/held/" + id, null);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.problem()).isEqualTo("unknown-held-write");
    assertThat(reply.detail()).contains(id);
  }

  @Test
  void theyAreSeenWhileTheNodeIsNotReady() throws Exception {
    hold(1, List.of("a"));
    http.node.ready = false;

    assertThat(http.get("/admin/held/1a-1").status()).isEqualTo(200);
  }

  private void hold(long ticket, List<String> keys) {
    HeldId id = new HeldId(46, ticket);
    http.node.held.writes.add(new HeldWrite(id, keys, 2048, 20, 500, HttpFixture.peerDot(9)));
  }
}
