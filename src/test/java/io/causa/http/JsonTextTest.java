package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "\"\\/", "\u0000\t\n\u001f\u007f", "naïve", "\u2028 \ud83d\ude00"})
  void everyTextIsReadAsItWasGiven(String text) {
    JsonObject one = new JsonObject(JsonText.of(text, text).put("more", text).toBuffer());
    JsonObject several = new JsonObject(JsonText.of("keys", List.of(text, "b", text)).toBuffer());

    assertThat(one).isEqualTo(new JsonObject().put(text, text).put("more", text));
    assertThat(several).isEqualTo(new JsonObject().put("keys", JsonArray.of(text, "b", text)));
  }

  @Test
  void takesWhatIsJsonAsItIs() {
    assertThat(JsonText.of("key", "a").putRaw("clock", "{\"n\":1}").toBuffer())
        .hasToString("{\"key\":\"a\",\"clock\":{\"n\":1}}");
  }

  @Test
  void hasAnEmptyList() {
    assertThat(JsonText.of("keys", List.of()).toBuffer()).hasToString("{\"keys\":[]}");
  }

  @Test
  void sharesBytes() {
    byte[] bytes = {1, 2, 3};

    Buffer shared = JsonText.sharing(bytes);
    bytes[1] = 9;

    assertThat(shared.getByte(1)).isEqualTo((byte) 9);
  }
}
