package io.causa.wire;

import static io.causa.wire.Samples.NAMES;
import static io.causa.wire.Samples.NODE1;
import static io.causa.wire.Samples.NODE2;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import io.causa.wire.ContextToken.Decoded;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedEventsTest {

  private final CommitPipeline pipeline =
      new CommitPipeline(NODE1, new KeyStates(), 0, 1000, 1_000_000);

  @Test
  void aPutHasItsKeyValueAndPlaceInTheOrder() {
    JsonObject event = single(local(put("x", Value.text("5"))));

    assertThat(event.getString("key")).isEqualTo("x");
    assertThat(event.getValue("value")).isEqualTo("5");
    assertThat(event.getString("contentType")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(event.containsKey("encoding")).isFalse();
    assertThat(event.getBoolean("deleted")).isFalse();
    assertThat(event.getString("version")).isEqualTo("node1:1");
    assertThat(event.getString("origin")).isEqualTo("node1");
    assertThat(event.getLong("lamport")).isEqualTo(1);
    assertThat(event.getLong("wallTimeMillis")).isEqualTo(1234);
    assertThat(event.getJsonObject("clock")).isEqualTo(new JsonObject().put("node1", 1L));
    assertThat(event.getInteger("index")).isZero();
    assertThat(event.getInteger("of")).isEqualTo(1);
    assertThat(event.getBoolean("visible")).isTrue();
    assertThat(event.getJsonArray("conflicts")).isEmpty();
  }

  @Test
  void thePositionsAreContexts() {
    JsonObject event = single(local(put("x", Value.text("5"))));

    assertThat(context(event, "before")).isEqualTo(VersionVector.EMPTY);
    assertThat(context(event, "after")).isEqualTo(VersionVector.of(new Dot(NODE1, 1)));
  }

  @Test
  void aDeleteHasNoValue() {
    JsonObject event = single(local(new Mutation.Delete("x")));

    assertThat(event.getBoolean("deleted")).isTrue();
    assertThat(event.fieldNames()).doesNotContain("value", "contentType", "encoding");
  }

  @Test
  void jsonIsPublishedWithAllItsDigits() {
    for (String json : List.of("3.14159265358979323846264338327950288", "1e400", "[-0.0 ]")) {
      JsonObject event = single(local(put("x", new Value(Bytes.of(json), "application/json"))));

      Buffer sent = Buffer.buffer();
      event.writeToBuffer(sent);
      assertThat(sent.toString()).contains("\"value\":" + json + ",\"contentType\"");
    }
  }

  @Test
  void bytesSayThatTheyAreInBase64() {
    JsonObject event = single(local(put("x", new Value(Bytes.of("abc"), "image/png"))));

    assertThat(event.getString("value")).isEqualTo("YWJj");
    assertThat(event.getString("encoding")).isEqualTo("base64");
  }

  @Test
  void eachPositionFollowsTheOneBeforeAndMovesWithWholeWritesOnly() {
    List<JsonObject> events = new ArrayList<>();
    events.addAll(events(local(put("a", Value.text("1")))));
    events.addAll(events(local(put("b", Value.text("2")), new Mutation.Delete("c"))));
    events.addAll(events(local(put("d", Value.text("3")))));

    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).getString("before")).isEqualTo(events.get(i - 1).getString("after"));
    }
    assertThat(events.get(1).getString("after")).isEqualTo(events.get(1).getString("before"));
    assertThat(events).extracting(event -> event.getInteger("index")).containsExactly(0, 0, 1, 0);
    assertThat(events).extracting(event -> event.getInteger("of")).containsExactly(1, 2, 2, 1);
  }

  @Test
  void aConcurrentWriteNamesTheVersionsThatItHadNotSeen() {
    local(put("x", Value.text("1")));
    Write remote =
        new Write(
            new Dot(NODE2, 1), 1, VersionVector.EMPTY, List.of(put("x", Value.text("2"))), 1234);

    JsonObject event = single(commit(() -> pipeline.deliver(List.of(remote))));

    JsonObject conflict =
        new JsonObject().put("version", "node1:1").put("origin", "node1").put("lamport", 1L);
    assertThat(event.getJsonArray("conflicts")).isEqualTo(new JsonArray().add(conflict));
    assertThat(event.getBoolean("visible")).as("node2 wins the tie").isTrue();
  }

  @Test
  void aConcurrentWriteThatLosesIsNotVisible() {
    local(put("y", Value.text("0")));
    local(put("x", Value.text("1")));
    Write remote =
        new Write(
            new Dot(NODE2, 1), 1, VersionVector.EMPTY, List.of(put("x", Value.text("2"))), 1234);

    assertThat(single(commit(() -> pipeline.deliver(List.of(remote)))).getBoolean("visible"))
        .isFalse();
  }

  private StagedWrite local(Mutation... mutations) {
    return commit(() -> pipeline.propose(new Proposal(1, List.of(mutations), 1234)));
  }

  private StagedWrite commit(Runnable queue) {
    queue.run();
    pipeline.begin();
    return pipeline.complete().writes().get(0);
  }

  private static Mutation put(String key, Value value) {
    return new Mutation.Put(key, value);
  }

  private static List<JsonObject> events(StagedWrite write) {
    return AppliedEvents.of(write, NAMES, "causa");
  }

  private static JsonObject single(StagedWrite write) {
    assertThat(events(write)).hasSize(1);
    return events(write).get(0);
  }

  private static VersionVector context(JsonObject event, String field) {
    return ((Decoded.Valid) ContextToken.decode(event.getString(field), "causa")).context();
  }
}
