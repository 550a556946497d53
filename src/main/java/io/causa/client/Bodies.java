package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The JSON that crosses the wire, as records. */
final class Bodies {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.CHARSET_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private Bodies() {}

  /** RFC 9457. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Problem(String type, String title, String detail) {}

  /** The answers of the small JSON interface. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Message(String message, String id) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Values(List<KeyDetail> values) {
    Values {
      values = values == null ? List.of() : List.copyOf(values);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SmallPut(String key, String value, Map<String, Long> vc) {}

  record Batch(Map<String, String> put, List<String> delete) {}

  record Rules(List<LinkFault> rules) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Cancelled(String cancelled) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Forgotten(String forgotten) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Retired(String retired, long last) {}

  static Buffer write(Object body) {
    try {
      return Buffer.buffer(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + body, e);
    }
  }

  /**
   * @throws UncheckedIOException if the body is not what this type needs
   */
  static <T> T read(Buffer body, Class<T> type) {
    try {
      byte[] source = body.getBytes();
      T read = JSON.readerFor(type).withAttribute(AnyJson.SOURCE, source).readValue(source);
      if (read == null) {
        throw new IOException("the body is null");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
