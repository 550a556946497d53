package io.causa.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small JSON object that is written as its members are named. The answers to writes are made so:
 * a tree of objects for each would cost more than the write.
 */
final class JsonText {

  private static final int USUAL_CHARS = 160;
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private final StringBuilder json = new StringBuilder(USUAL_CHARS);

  /** Begins an object with a text. */
  static JsonText of(String name, String text) {
    return new JsonText().put(name, text);
  }

  /** Begins an object with a list of texts. */
  static JsonText of(String name, List<String> texts) {
    JsonText object = new JsonText();
    object.name(name).append('[');
    for (int i = 0; i < texts.size(); i++) {
      object.quote(i == 0 ? "" : ",", texts.get(i));
    }
    object.json.append(']');
    return object;
  }

  /** Adds a text. */
  JsonText put(String name, String text) {
    name(name);
    return quote("", text);
  }

  /**
   * Adds what is JSON already.
   *
   * @param value well-formed
   */
  JsonText putRaw(String name, String value) {
    name(name).append(value);
    return this;
  }

  private StringBuilder name(String name) {
    return quote(json.isEmpty() ? "{" : ",", name).json.append(':');
  }

  private JsonText quote(String before, String text) {
    json.append(before).append('"');
    ENCODER.quoteAsString(text, json);
    json.append('"');
    return this;
  }

  /** Ends the object, and returns it in UTF-8. */
  Buffer toBuffer() {
    return sharing(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a buffer of these very bytes, which nobody changes any more. */
  static Buffer sharing(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
