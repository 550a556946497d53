package io.causa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausaClientTest {
  private static final Map<String, String> MARKS =
      Map.of("Causa-Context", "token-1", "Causa-Version", "node1:17", "Causa-Clock", "node1=17");

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedNode node = new ScriptedNode(vertx);
  private final CausaClient client = CausaClient.open(vertx, node.url());

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aValueComesWithItsMarks() {
    node.then(200, MARKS, "äöü");
    Answer answer = await(client.get("x", Ask.PLAIN));
    assertThat(answer).isInstanceOf(Answer.Found.class);
    assertThat(((Answer.Found) answer).text()).isEqualTo("äöü");
    assertThat(answer.marks()).isEqualTo(new Marks("token-1", "node1:17", "node1=17"));
  }

  @Test
  void aDetailKeepsTheJsonThatWasWritten() {
    for (String json : List.of("3.14159265358979323846264338327950288", "1e400", "[ -0.0]")) {
      node.then(
          200,
          MARKS,
          "{\"key\":\"é\",\"value\":%s,\"conflicts\":[{\"value\": %s }]}".formatted(json, json));
      assertThat(await(client.describe("é", Ask.PLAIN)))
          .isInstanceOfSatisfying(
              Answer.Described.class,
              described -> {
                assertThat(described.detail().value()).isEqualTo(json);
                assertThat(described.detail().conflicts().get(0).value()).isEqualTo(json);
              });
    }
  }

  @Test
  void aKeyWithoutAValueIsAbsent() {
    node.then(404, MARKS, "{}");
    assertThat(await(client.get("x", Ask.PLAIN)))
        .isEqualTo(new Answer.Absent(new Marks("token-1", "node1:17", "node1=17")));
  }

  @Test
  void aBackupTellsWhereItIsAndWhatIsInIt() {
    node.then(200, MARKS, "{\"name\":\"a b\",\"directory\":\"/b/a\",\"clock\":{\"node1\":17}}");
    assertThat(await(client.backup("a b")))
        .isInstanceOfSatisfying(
            Answer.BackedUp.class,
            made ->
                assertThat(made.backup())
                    .isEqualTo(new Backup("a b", "/b/a", Map.of("node1", 17L))));
    assertThat(node.asked().uri()).isEqualTo("/admin/backup?name=a+b");
  }

  @Test
  void heldWritesAreListedLookedAtAndCancelled() {
    node.then(
        200,
        MARKS,
        "{\"held\":[{\"id\":\"1a-2\",\"keys\":[\"x\"],\"bytes\":9}],\"heldWrites\":4,"
            + "\"heldBytes\":36,\"more\":true,\"next\":\"1a-2\",\"clock\":{}}");
    HeldPage page = ((Answer.HeldList) await(client.held(null, 1))).page();
    assertThat(page.held()).extracting(HeldWrite::id).containsExactly("1a-2");
    assertThat(page.heldWrites()).isEqualTo(4);
    assertThat(page.next()).isEqualTo("1a-2");
    assertThat(node.asked().uri()).isEqualTo("/admin/held?limit=1");

    node.then(200, MARKS, "{\"cancelled\":\"1a-2\",\"clock\":{}}");
    assertThat(await(client.cancelHeld("1a-2"))).isInstanceOf(Answer.Cancelled.class);

    node.then(404, MARKS, "{\"type\":\"urn:problem-type:causa:unknown-held-write\"}");
    assertThat(await(client.held("1a-2")))
        .isInstanceOfSatisfying(
            Answer.Refused.class, no -> assertThat(no.type()).isEqualTo("unknown-held-write"));
  }

  @Test
  void anAskGoesIntoTheHeaders() {
    node.then(202, MARKS, "{\"message\":\"held\",\"id\":\"1a-2\"}");
    Ask ask = Ask.PLAIN.withContext("token-0").withWaitSeconds(7).respondingAsync(true);
    Answer answer = await(client.put("x", Buffer.buffer("{}"), "application/json", ask));
    assertThat(answer).isInstanceOf(Answer.Buffered.class).asString().contains("held", "1a-2");
    ScriptedNode.Asked asked = node.asked();
    assertThat(asked.method()).isEqualTo(HttpMethod.PUT);
    assertThat(asked.headers().get("Causa-Context")).isEqualTo("token-0");
    assertThat(asked.headers().getAll("Prefer")).containsExactly("wait=7", "respond-async");
    assertThat(asked.headers().get("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aProblemIsReadOut() {
    node.then(
        503,
        MARKS,
        "{\"type\":\"https://causa.example/problems/dependency-not-met\",\"title\":\"Not yet\","
            + "\"detail\":\"node1:3 is missing\"}");
    Answer answer = await(client.delete("x", Ask.PLAIN));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.type()).isEqualTo("dependency-not-met");
              assertThat(refused.surelyNotDone()).isTrue();
            });
    assertThat(answer).hasToString("503 dependency-not-met: node1:3 is missing");
  }

  @Test
  void aFullNodeIsToldFromOtherRefusals() {
    node.then(507, Map.of(), "{\"type\":\"urn:problem-type:causa:data-full\",\"status\":507}");
    assertThat(await(client.put("x", "1", Ask.PLAIN)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.type()).isEqualTo("data-full");
              assertThat(refused.isDataFull()).isTrue();
              assertThat(refused.surelyNotDone()).isTrue();
            });
  }

  @Test
  void anErrorThatIsNoProblemIsReadOutToo() {
    node.then(500, Map.of(), "boom");
    assertThat(await(client.put("x", "1", Ask.PLAIN)))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.surelyNotDone()).isFalse())
        .hasToString("500 Internal Server Error: boom");
  }

  @Test
  void aNodeThatIsNotThereSurelyDidNothing() throws IOException {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0)) {
      freePort = socket.getLocalPort();
    }
    CausaClient nobody = CausaClient.open(vertx, "http://127.0.0.1:" + freePort);
    assertThat(await(nobody.put("x", "1", Ask.PLAIN)))
        .isInstanceOfSatisfying(
            Answer.Unreachable.class, it -> assertThat(it.mayHaveHappened()).isFalse());
  }

  @Test
  void aNodeThatHangsUpMayHaveDoneIt() {
    assertThat(await(client.put("x", "1", Ask.PLAIN)))
        .isInstanceOfSatisfying(
            Answer.Unreachable.class, it -> assertThat(it.mayHaveHappened()).isTrue());
  }

  @Test
  void theStatusIsReadAsFarAsItIsKnown() {
    node.then(
        200,
        Map.of(),
        """
        {"id":"node1","replica":"node1.k3j9","ready":true,"vc":{"node1":1,"node2":4},
         "clock":{"node1":1,"node2":4},"store":{"x":"5"},"buffered_msgs":1,
         "buffered":[{"version":"node2:5","keys":["b"],"waitsFor":"node1:2"}],
         "held_requests":1,"held":[{"id":"s-1","keys":["y"],"bytes":9,"waitsFor":"node1:2"}],"conflicts":3,
         "conflicts_seen":8,
         "peers":[{"name":"node2","replica":"node2.a","http":"http://h:1","silent":false,
                   "received":3,"applied":2,"lag":1}],
         "faults":[{"from":"node1","hold":true}],"log":{"bytes":1},"limits":{},"memory":{}}
        """);
    NodeStatus status = ((Answer.Reported) await(client.status())).status();
    assertThat(status.vc()).containsEntry("node2", 4L);
    assertThat(status.buffered())
        .containsExactly(new NodeStatus.Waiting("node2:5", List.of("b"), "node1:2"));
    assertThat(status.bufferedWrites()).isEqualTo(1);
    assertThat(status.heldRequests()).isEqualTo(1);
    assertThat(status.conflicts()).isEqualTo(3);
    assertThat(status.conflictsSeen()).isEqualTo(8);
    assertThat(status.held())
        .containsExactly(new NodeStatus.Held("s-1", List.of("y"), 9, "node1:2"));
    assertThat(status.peers().get(0).lag()).isEqualTo(1);
    assertThat(status.faults().get(0).hold()).isTrue();
  }

  @Test
  void aStatusThatIsNoneIsRefused() {
    node.then(200, Map.of(), "<html>");
    assertThat(await(client.status()))
        .isInstanceOfSatisfying(
            Answer.Refused.class, it -> assertThat(it.type()).isEqualTo("unreadable-answer"));
  }

  @Test
  void aDescriptionTellsWhoLost() {
    node.then(
        200,
        MARKS,
        """
        {"key":"x","value":"2","version":"node2:1","lamport":7,"origin":"node2",
         "wallTimeMillis":1,"clock":{"node2":1},
         "conflicts":[{"version":"node1:1","value":"1","lamport":7,"origin":"node1"}]}
        """);
    KeyDetail detail = ((Answer.Described) await(client.describe("x", Ask.PLAIN))).detail();
    assertThat(node.asked().headers().get("Accept")).isEqualTo("application/vnd.causa+json");
    assertThat(detail.conflicts()).containsExactly(new KeyDetail.Loser("node1:1", "1", 7, "node1"));
  }

  @Test
  void severalKeysComeTogether() {
    node.then(
        200,
        MARKS,
        """
        {"values":[{"key":"a&b","value":{"n":1},"contentType":"application/json","version":"n:1"},
                   {"key":"c","absent":true}],"clock":{"n":1}}
        """);
    Answer answer = await(client.snapshot(List.of("a&b", "c"), Ask.PLAIN));
    assertThat(node.asked().uri()).isEqualTo("/kv?key=a%26b&key=c");
    Map<String, KeyDetail> details = ((Answer.Snapshot) answer).details();
    assertThat(details.get("a&b").value()).isEqualTo("{\"n\":1}");
    assertThat(details.get("c").value()).isNull();
  }

  @Test
  void bodiesAreWrittenAsTheInterfaceSays() {
    node.then(200, MARKS, "{}").then(200, MARKS, "{}").then(200, MARKS, "{}");
    await(client.batch(Map.of("a", "1"), List.of("b"), Ask.PLAIN));
    await(client.smallPut("x", "1", Map.of("node1", 2L)));
    await(
        client.faults(
            List.of(new LinkFault("node1", null, null, 3L, null, 0.5, null, null, null))));
    assertThat(node.asked().body()).isEqualTo("{\"put\":{\"a\":\"1\"},\"delete\":[\"b\"]}");
    assertThat(node.asked().body())
        .isEqualTo("{\"key\":\"x\",\"value\":\"1\",\"vc\":{\"node1\":2}}");
    assertThat(node.asked().body())
        .isEqualTo("{\"rules\":[{\"from\":\"node1\",\"delayMillis\":3,\"drop\":0.5}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "x, /kv/x",
    "a/b, /kv/a/b",
    "a b+c%?#, /kv/a%20b%2Bc%25%3F%23",
    "ä€, /kv/%C3%A4%E2%82%AC",
    "a//b, /kv/a%2F%2Fb",
    "a/../b, /kv/a%2F%2E%2E%2Fb",
    "a.b, /kv/a.b",
    ".., /kv/%2E%2E",
    "/a, /kv/%2Fa",
  })
  void everyKeyFitsIntoAPath(String key, String path) {
    node.then(200, MARKS, "");
    await(client.get(key, Ask.PLAIN));
    assertThat(node.asked().uri()).isEqualTo(path);
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    assertThatThrownBy(() -> CausaClient.open(vertx, "localhost:5001"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("localhost:5001");
  }

  @Test
  void aSessionCarriesItsContextToTheNextNode() {
    ScriptedNode other = new ScriptedNode(vertx);
    CausaClient otherClient = CausaClient.open(vertx, other.url());
    CausaSession session = new CausaSession();
    node.then(200, Map.of("Causa-Context", "token-1"), "{}");
    other.then(404, Map.of("Causa-Context", "token-2"), "{}");
    await(session.put(client, "x", "1"));
    await(session.get(otherClient, "y"));
    assertThat(session.context()).isEqualTo("token-2");
    assertThat(node.askedContexts()).containsExactly("null");
    assertThat(other.askedContexts()).containsExactly("token-1");
  }

  @Test
  void anAnswerThatDoesNotMeetTheContextDoesNotReplaceIt() {
    CausaSession session = new CausaSession("token-1");
    node.then(503, Map.of("Causa-Context", "behind"), "{}");
    node.then(202, Map.of("Causa-Context", "behind"), "{}");
    await(session.get(client, "x"));
    await(session.put(client, "x", "1", Ask.PLAIN.respondingAsync(true)));
    await(session.delete(client, "x"));
    assertThat(session.context()).isEqualTo("token-1");
    assertThat(node.askedContexts()).containsExactly("token-1", "token-1", "token-1");
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
