package io.causa.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads a value that may be any JSON: a string as its text, everything else as its JSON text. */
final class AnyJson extends StdDeserializer<String> {
  private static final long serialVersionUID = 1;

  AnyJson() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode node = context.readTree(parser);
    return node.isTextual() ? node.textValue() : node.toString();
  }
}
