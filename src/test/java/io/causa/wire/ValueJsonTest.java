package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.causa.core.Bytes;
import io.causa.core.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTest {

  private static final byte[] NOT_UTF8 = {(byte) 0xff, 0, 1};

  @Test
  void jsonIsGivenAsItself() {
    assertThat(json("application/json", "{\"a\":[1,null]}"))
        .isEqualTo(new RawJson("{\"a\":[1,null]}"));
    assertThat(json("Application/JSON; charset=utf-8", "5")).isEqualTo(new RawJson("5"));
    assertThat(json("application/json", "null")).isEqualTo(new RawJson("null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.14159265358979323846264338327950288",
        "1e400",
        "-0.0",
        "1.50E+07",
        "{ \"a\" : [ 1 ,\n2 ] }",
        "{\"a\":1,\"a\":2}",
        "\"\\u00e9\\/ \\ud83d\\ude00 \\ud800\"",
        "\"é😀\"",
        " true\n"
      })
  void jsonGoesThroughAJsonObjectAsTheBytesThatWereWritten(String json) {
    JsonObject holder =
        new JsonObject().put("before", 1).put("value", json("application/json", json));

    String expected = "{\"before\":1,\"value\":" + json + "}";
    assertThat(holder.encode()).isEqualTo(expected);
    assertThat(holder.toBuffer()).isEqualTo(Buffer.buffer(expected));
    assertThat(holder.copy().encode()).isEqualTo(expected);
  }

  @Test
  void aNumberIsJsonAsLongAsReadersTakeIt() {
    String digits = "1".repeat(1000);
    assertThat(json("application/json", digits)).isEqualTo(new RawJson(digits));
    assertThat(json("application/json", digits + "1")).isEqualTo(digits + "1");
  }

  @Test
  void nestingIsJsonWhileAnAnswerHasRoomForLevelsAroundIt() {
    String deep = "[".repeat(RawJson.MOST_LEVELS) + "]".repeat(RawJson.MOST_LEVELS);
    assertThat(json("application/json", deep)).isEqualTo(new RawJson(deep));
    assertThat(json("application/json", "[" + deep + "]")).isEqualTo("[" + deep + "]");
  }

  @Test
  void jsonThatDoesNotParseIsGivenAsText() {
    assertThat(json("application/json", "{\"a\":")).isEqualTo("{\"a\":");
    assertThat(json("application/json", "")).isEqualTo("");
    for (String none : List.of("1 2", "01", "+1", "NaN", "/**/1", "[1,]", "\ufeff1", "\"a\nb\"")) {
      assertThat(json("application/json", none)).isEqualTo(none);
    }
    assertThat(json("application/json", "[".repeat(100_000))).isInstanceOf(String.class);
  }

  @Test
  void textIsGivenAsAString() {
    assertThat(json("text/plain", "héllo")).isEqualTo("héllo");
    assertThat(json("text/plain;charset=UTF-8", "")).isEqualTo("");
    assertThat(json("application/xml", "<a/>")).isEqualTo("<a/>");
    assertThat(json("application/vnd.x+json", "{}")).isEqualTo("{}");
  }

  @Test
  void anythingElseIsGivenInBase64() {
    assertBase64(new Value(Bytes.of("abc"), "application/octet-stream"), "YWJj");
    assertBase64(new Value(Bytes.of("abc"), ""), "YWJj");
    assertBase64(new Value(Bytes.of("abc"), "image/png"), "YWJj");
  }

  @Test
  void textThatAStringCannotCarryIsGivenInBase64() {
    assertBase64(new Value(Bytes.wrap(NOT_UTF8), "text/plain"), "/wAB");
    assertBase64(new Value(Bytes.wrap(NOT_UTF8), "application/json"), "/wAB");
    assertBase64(new Value(Bytes.of("a"), "text/plain; charset=utf-16"), "YQ==");
  }

  @Test
  void aStringBecomesPlainText() {
    assertThat(fromJson("\"5\"")).isEqualTo(Value.text("5"));
    assertThat(fromJson("\"\\ud83d\\ude00\"")).isEqualTo(Value.text("😀"));
  }

  @Test
  void otherJsonBecomesADocument() {
    for (String json : List.of("5", "null", "{\"a\": 1}", "-0.0", "1e400")) {
      assertThat(fromJson(json)).isEqualTo(document(json));
    }
  }

  @Test
  void aStringThatIsNoTextIsADocument() {
    assertThat(fromJson("\"a\\ud800\"")).isEqualTo(document("\"a\\ud800\""));
  }

  @Test
  void whatBreaksThePromiseOfItsContentTypeIsFound() {
    assertThat(ValueJson.malformedAt(new Value(Bytes.wrap(NOT_UTF8), "text/plain"))).hasValue(0);
    assertThat(malformed("application/json", '"', 0xed, 0xa0, 0x80, '"')).hasValue(1);
    assertThat(malformed("application/vnd.x+json", '1', 0xc0, 0x80)).hasValue(1);
    assertThat(malformed("text/plain", 'a', 0xc3)).as("cut").hasValue(1);
    assertThat(malformed("text/plain", 'a', 0xc3, 0xa9)).isEmpty();
    assertThat(malformed("text/plain; charset=latin1", 0xff)).isEmpty();
    assertThat(malformed("image/png", 0xff)).isEmpty();
    assertThat(malformed("application/x-www-form-urlencoded", 0xff)).isEmpty();
  }

  @Property
  void malformedIsWhatTheDecoderRefuses(@ForAll @Size(max = 10_000) byte[] bytes) {
    byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    boolean text = Arrays.equals(again, bytes);
    assertThat(Utf8.malformedAt(bytes).isEmpty()).isEqualTo(text);
  }

  @Test
  void textIsLookedAtToItsEnd() {
    byte[] bytes = "é".repeat(5000).getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.malformedAt(bytes)).isEmpty();
    bytes[9999] = 'x';
    assertThat(Utf8.malformedAt(bytes)).hasValue(9998);
  }

  @Property
  void bytesComeBackFromBase64(@ForAll byte[] bytes) {
    Value value = new Value(Bytes.wrap(bytes), "application/octet-stream");

    assertThat(ValueJson.fromBase64(ValueJson.toJson(value))).isEqualTo(value);
  }

  @Property
  void textComesBackFromAString(@ForAll String any) {
    Value value =
        Value.text(new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));

    assertThat(fromJson(Json.encode(ValueJson.toJson(value)))).isEqualTo(value);
  }

  @Test
  void whatIsNotBase64IsRefusedWithAReason() {
    assertRefused("a*b", "the value is not base64");
    assertRefused(5, "a value in base64 is a string, not 5");
  }

  private static Object json(String contentType, String text) {
    Value value = new Value(Bytes.of(text), contentType);
    assertThat(ValueJson.encoding(value)).isEmpty();
    return ValueJson.toJson(value);
  }

  private static Value document(String json) {
    return new Value(Bytes.of(json), "application/json");
  }

  private static void assertBase64(Value value, String expected) {
    assertThat(ValueJson.toJson(value)).isEqualTo(expected);
    assertThat(ValueJson.encoding(value)).hasValue("base64");
  }

  private static Value fromJson(String json) {
    return ValueJson.fromJson(new RawJson(json));
  }

  private static OptionalInt malformed(String contentType, int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return ValueJson.malformedAt(new Value(Bytes.wrap(array), contentType));
  }

  private static void assertRefused(Object json, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ValueJson.fromBase64(json))
        .withMessageContaining(reason);
  }
}
