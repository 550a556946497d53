package io.causa.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a value that may be any JSON: a string as its text, everything else as its JSON text, just
 * as it was written.
 */
final class AnyJson extends StdDeserializer<String> {

  /** Names the attribute of a reading that has the UTF-8 that is read. */
  static final String SOURCE = "source";

  private static final long serialVersionUID = 1;

  AnyJson() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    byte[] source = (byte[]) context.getAttribute(SOURCE);
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getByteOffset();
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }
}
