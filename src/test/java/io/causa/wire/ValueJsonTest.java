package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.causa.core.Bytes;
import io.causa.core.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ValueJsonTest {

  private static final byte[] NOT_UTF8 = {(byte) 0xff, 0, 1};

  @Test
  void jsonIsGivenAsItself() {
    assertThat(json("application/json", "{\"a\":[1,null]}"))
        .isEqualTo(new JsonObject().put("a", new JsonArray().add(1).addNull()));
    assertThat(json("Application/JSON; charset=utf-8", "5")).isEqualTo(5);
    assertThat(json("application/json", "null")).isNull();
  }

  @Test
  void jsonThatDoesNotParseIsGivenAsText() {
    assertThat(json("application/json", "{\"a\":")).isEqualTo("{\"a\":");
    assertThat(json("application/json", "")).isEqualTo("");
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
    assertThat(ValueJson.fromJson("5", Optional.empty())).isEqualTo(Value.text("5"));
  }

  @Test
  void otherJsonBecomesADocument() {
    assertThat(ValueJson.fromJson(5, Optional.empty())).isEqualTo(document("5"));
    assertThat(ValueJson.fromJson(null, Optional.empty())).isEqualTo(document("null"));
    assertThat(ValueJson.fromJson(new JsonObject().put("a", 1), Optional.empty()))
        .isEqualTo(document("{\"a\":1}"));
  }

  @Property
  void bytesComeBackFromBase64(@ForAll byte[] bytes) {
    Value value = new Value(Bytes.wrap(bytes), "application/octet-stream");

    assertThat(ValueJson.fromJson(ValueJson.toJson(value), ValueJson.encoding(value)))
        .isEqualTo(value);
  }

  @Property
  void textComesBackFromAString(@ForAll String any) {
    Value value =
        Value.text(new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));

    assertThat(ValueJson.fromJson(ValueJson.toJson(value), ValueJson.encoding(value)))
        .isEqualTo(value);
  }

  @Test
  void whatIsNotBase64IsRefusedWithAReason() {
    assertRefused("a*b", "base64", "the value is not base64");
    assertRefused(5, "base64", "a value in base64 is a string, not 5");
    assertRefused("a", "hex", "\"base64\" or absent, not \"hex\"");
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

  private static void assertRefused(Object json, String encoding, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ValueJson.fromJson(json, Optional.of(encoding)))
        .withMessageContaining(reason);
  }
}
