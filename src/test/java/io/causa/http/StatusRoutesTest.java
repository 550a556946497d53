package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void itSaysHowFarARollingUpgradeHasCome() throws Exception {
    assertThat(http.get("/status").json().getJsonObject("agreement").encode())
        .isEqualTo(
            "{\"version\":3,\"latest\":4,\"features\":[\"bases\"],\"held_back_by\":[\"node3\"]}");
  }

  @Test
  void aStatusShowsTheWholeNode() throws Exception {
    http.put("/kv/x", "5", "Content-Type: application/json");

    JsonObject status = http.get("/status").json();

    assertThat(status.fieldNames())
        .containsAll(
            List.of(
                "id",
                "replica",
                "cluster",
                "ready",
                "vc",
                "clock",
                "data",
                "lamport",
                "store",
                "store_truncated",
                "keys",
                "conflicts",
                "conflicts_seen",
                "buffered_msgs",
                "buffered",
                "held_requests",
                "held_writes",
                "held_bytes",
                "held",
                "expired_held",
                "peers",
                "members",
                "generations",
                "faults_allowed",
                "faults",
                "log",
                "agreement",
                "stability",
                "snapshots",
                "feed_dropped",
                "http",
                "memory",
                "limits"));
    assertThat(status.getJsonObject("store")).isEqualTo(new JsonObject("{\"x\":5}"));
    assertThat(status.getJsonObject("vc")).isEqualTo(new JsonObject("{\"node1\":1}"));
    assertThat(status.getJsonObject("limits").getLong("store.heldBytes")).isEqualTo(4096);
    assertThat(status.getString("replica")).isEqualTo("node1.1");
    assertThat(status.containsKey("notReady")).isFalse();
  }

  @Test
  void theConflictsThatStandAreToldFromThoseSeenSinceTheStart() throws Exception {
    JsonObject status = http.get("/status").json();
    assertThat(status.getInteger("conflicts")).isEqualTo(1);
    assertThat(status.getInteger("conflicts_seen")).isEqualTo(4);
  }

  @Test
  void badMessagesAreShownBySenderAndReason() throws Exception {
    JsonObject bus = http.get("/status").json().getJsonObject("bus");

    assertThat(bus.getJsonObject("bad_messages"))
        .isEqualTo(
            new JsonObject(
                """
                {"total": 7,
                 "by_sender": {"node2": {"damaged": 2, "forged": 1}, "(unnamed)": {"foreign": 4}}}
                """));
    assertThat(bus.getJsonObject("replicas"))
        .isEqualTo(new JsonObject("{\"known\": 3, \"limit\": 4096}"));
  }

  @Test
  void membersAndFormerGenerationsAreShown() throws Exception {
    JsonObject status = http.get("/status").json();

    assertThat(status.getJsonArray("members").encode())
        .isEqualTo(
            "[{\"name\":\"node1\",\"replica\":\"node1.1\",\"state\":\"self\"},"
                + "{\"name\":\"node2\",\"replica\":\"node2.2\",\"state\":\"live\"},"
                + "{\"name\":\"node3\",\"replica\":\"node3.3\",\"state\":\"silent\"}]");
    assertThat(status.getJsonArray("generations").encode())
        .isEqualTo(
            "[{\"replica\":\"node2.1\",\"state\":\"superseded\",\"last\":7,\"stable\":true},"
                + "{\"replica\":\"node4.1\",\"state\":\"forgotten\",\"last\":3,\"stable\":false}]");
  }

  @Test
  void aBufferedWriteIsShownWithTheDotItWaitsFor() throws Exception {
    JsonObject status = http.get("/status").json();

    assertThat(status.getInteger("buffered_msgs")).isEqualTo(1);
    assertThat(status.getJsonArray("buffered").encode())
        .isEqualTo("[{\"version\":\"node2:5\",\"keys\":[\"<b>\"],\"waitsFor\":\"node1:9\"}]");
    assertThat(status.getJsonArray("held").encode())
        .isEqualTo(
            "[{\"id\":\"1a-2\",\"keys\":[\"h\"],\"bytes\":2048,\"heldMillis\":20,"
                + "\"expiresInMillis\":500,\"waitsFor\":\"node1:9\"}]");
  }

  @Test
  void aPeerIsShownWithItsLag() throws Exception {
    assertThat(http.get("/status").json().getJsonArray("peers").encode())
        .isEqualTo(
            "[{\"name\":\"node2\",\"replica\":\"node2.2\",\"http\":\"127.0.0.1:5002\",\"silent\":false,"
                + "\"heardMillisAgo\":12,\"received\":3,\"applied\":2,\"lag\":1}]");
  }

  @Test
  void whatDeletesWaitForIsShown() throws Exception {
    assertThat(http.get("/status").json().getJsonObject("stability").encode())
        .isEqualTo(
            "{\"stable\":{\"node1\":9},\"tombstones\":3,\"waiting_for\":[\"node2\"],\"late_writes\":2}");
  }

  @Test
  void aSnapshotUnderWayIsShownWithItsProgress() throws Exception {
    assertThat(http.get("/status").json().getJsonObject("snapshots").encode())
        .isEqualTo(
            "{\"fetching\":{\"from\":\"node2\",\"keys\":7,\"bytes\":900,\"installing\":false},"
                + "\"serving\":[{\"to\":\"node2\",\"keys\":5}]}");
  }

  @Test
  void theStoreIsShownUpToItsLimitAndSaysSo() throws Exception {
    for (int i = 0; i <= StatusJson.STORE_KEYS; i++) {
      http.put("/kv/k" + i, "1");
    }

    JsonObject status = http.get("/status").json();

    assertThat(status.getJsonObject("store")).hasSize(StatusJson.STORE_KEYS);
    assertThat(status.getBoolean("store_truncated")).isTrue();
    assertThat(status.getInteger("keys")).isEqualTo(StatusJson.STORE_KEYS + 1);
  }

  @Test
  void aFullStoreStillHasAStatus() throws Exception {
    http.node.store().fill();

    JsonObject status = http.get("/status").json();

    assertThat(status.getJsonObject("store")).isEmpty();
    assertThat(status.getBoolean("store_truncated")).isTrue();
  }

  @Test
  void aNodeThatIsNotReadySaysWhy() throws Exception {
    http.node.ready = false;

    JsonObject status = http.get("/status").json();
    Reply ready = http.get("/health/ready");

    assertThat(status.getBoolean("ready")).isFalse();
    assertThat(status.getString("notReady")).isEqualTo("waits for node2");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.problem()).isEqualTo("not-ready");
    assertThat(ready.detail()).isEqualTo("waits for node2");
    assertThat(ready.header("Retry-After")).isEqualTo("1");
    assertThat(http.get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void aNodeThatIsNotReadyIsJustThatEvenIfItCannotSayWhy() throws Exception {
    http.node.ready = false;
    http.node.store().breakWith(new IllegalStateException("not started"));

    Reply ready = http.get("/health/ready");

    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.problem()).isEqualTo("not-ready");
  }

  @Test
  void aReadyNodeIsLiveAndReady() throws Exception {
    assertThat(http.get("/health/live").text()).isEqualTo("{\"status\":\"live\"}");
    assertThat(http.get("/health/ready").text()).isEqualTo("{\"status\":\"ready\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: y", "Accept: */*", "Accept: application/json", "Accept: text/html;q=0"})
  void theRootIsAHeartbeat(String header) throws Exception {
    Reply reply = http.get("/", header);

    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().getString("id")).isEqualTo("node1");
    assertThat(reply.json().getJsonObject("vc")).isEqualTo(new JsonObject());
  }

  @Test
  void aBrowserGetsAPageThatEscapesEverything() throws Exception {
    http.put("/kv/%3Cscript%3E", "<img src=\"x\">&'", "Content-Type: text/plain");

    Reply reply = http.get("/", "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

    assertThat(reply.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(reply.text())
        .contains("node1=1")
        .contains("&lt;script&gt;")
        .contains("&lt;img src=&quot;x&quot;&gt;&amp;&#39;")
        .contains("127.0.0.1:5002")
        .contains("&lt;b&gt;")
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("http://")
        .doesNotContain("https://");
  }

  @Test
  void thePageCutsWhatIsLong() throws Exception {
    http.put("/kv/" + "k".repeat(64), "v".repeat(1024), "Content-Type: text/plain");
    http.put("/kv/b", "😀".repeat(200), "Content-Type: text/plain");
    http.put("/kv/c", "\u0000\u0001", "Content-Type: application/" + "t".repeat(240));

    String page = http.get("/", "Accept: text/html").text();

    assertThat(page)
        .contains("<bdi>" + "v".repeat(120) + "…</bdi>")
        .contains("title=\"" + "v".repeat(1000) + "…\"")
        .contains("<bdi>" + "😀".repeat(120) + "…</bdi>")
        .contains("title=\"" + "😀".repeat(200) + "\"")
        .doesNotContain("v".repeat(1001))
        .doesNotContain("<bdi>2 bytes of application/" + "t".repeat(120));
  }

  @Test
  void thePageShowsTheWritesThatWaitAndForWhat() throws Exception {
    assertThat(http.get("/", "Accept: text/html").text())
        .contains("Writes that wait for their causes")
        .contains(
            "<td><bdi>node2:5</bdi></td><td><bdi>&lt;b&gt;</bdi></td><td><bdi>node1:9</bdi></td>")
        .contains("not stamped yet</bdi></td><td><bdi>h</bdi></td><td><bdi>node1:9</bdi></td>");
  }
}
