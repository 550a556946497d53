package io.causa.wire;

import static io.causa.wire.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.wire.VectorJson.Parsed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorJsonTest {

  @Provide
  Arbitrary<VersionVector> vectors() {
    return Samples.vectors();
  }

  @Property
  void everyVectorOfExactSequencesIsReadAsItWasWritten(@ForAll("vectors") VersionVector vector) {
    VersionVector exact = vector.meet(atMost(VectorJson.MAX_SEQUENCE, vector));
    List<Replica> known = new ArrayList<>();
    exact.forEach(entry -> known.add(entry.replica()));
    ReplicaNames names = new ReplicaNames(known);

    JsonObject json = new JsonObject(VectorJson.toJson(exact, names).encode());

    assertThat(VectorJson.parse(json, names)).isEqualTo(new Parsed.Valid(exact));
  }

  @Test
  void aVectorIsAnObjectOfCounts() {
    assertThat(VectorJson.toJson(Samples.vector(1, 4), NAMES).encode())
        .isEqualTo("{\"node1\":1,\"node2\":4}");
  }

  @Test
  void zeroesAreDropped() {
    assertThat(parse("{\"node1\":0,\"node2\":4}"))
        .isEqualTo(new Parsed.Valid(Samples.vector(1, 4).without(Samples.NODE1)));
  }

  @Test
  void theFullFormOfAReplicaIsUnderstood() {
    assertThat(parse("{\"" + Samples.NODE1 + "\":1,\"node2\":4}"))
        .isEqualTo(new Parsed.Valid(Samples.vector(1, 4)));
  }

  @Test
  void aBareNameOfTwoGenerationsIsRefusedAndTheFullFormsAreNamed() {
    Replica later = new Replica(Samples.NODE1.name(), Samples.NODE1.generation() + 1);
    ReplicaNames names = new ReplicaNames(List.of(Samples.NODE1, later));

    assertThat(VectorJson.parse(new JsonObject("{\"node1\":1}"), names))
        .isEqualTo(
            new Parsed.Invalid(
                "\"node1\" can mean 2 generations of that node, such as \"%s\" and \"%s\", and each counts its own writes: name the one whose answer the number is from, or send the Causa-Context of that answer instead"
                    .formatted(Samples.NODE1, later)));
    assertThat(VectorJson.parse(new JsonObject("{\"node1\":0}"), names))
        .isEqualTo(new Parsed.Valid(VersionVector.EMPTY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"node9\":1}                    | no node \"node9\" is known here",
        "{\"node1\":-1}                   | the clock's entry \"node1\" is -1, which is negative",
        "{\"node1\":-0.5}                 | the clock's entry \"node1\" is -0.5, which is negative",
        "{\"node1\":1.5}                  | the clock's entry \"node1\" is 1.5, which is no whole number",
        "{\"node1\":\"1\"}                | the clock's entry \"node1\" is 1, which is no number",
        "{\"node1\":null}                 | the clock's entry \"node1\" is null, which is no number",
        "{\"node1\":true}                 | the clock's entry \"node1\" is true, which is no number",
        "{\"node1\":9007199254740992}     | the clock's entry \"node1\" is 9007199254740992, which is larger than 9007199254740991",
        "{\"node1\":99999999999999999999} | the clock's entry \"node1\" is 99999999999999999999, which is larger than 9007199254740991",
        "{\"node1\":1e999}                | the clock's entry \"node1\" is Infinity, which is larger than 9007199254740991",
      })
  void whatIsNoCountIsRefusedWithAReason(String json, String reason) {
    assertThat(parse(json)).isEqualTo(new Parsed.Invalid(reason));
  }

  @Test
  void whatIsNoObjectIsRefusedWithAReason() {
    assertThat(VectorJson.parse(new JsonArray().add(1), NAMES))
        .isEqualTo(new Parsed.Invalid("a clock is an object like {\"node1\": 1}, not [1]"));
    assertThat(VectorJson.parse(null, NAMES)).isInstanceOf(Parsed.Invalid.class);
  }

  private static Parsed parse(String json) {
    return VectorJson.parse(new JsonObject(json), NAMES);
  }

  private static VersionVector atMost(long sequence, VersionVector shape) {
    Map<Replica, Long> entries = new HashMap<>();
    shape.forEach(entry -> entries.put(entry.replica(), sequence));
    return VersionVector.of(entries);
  }
}
