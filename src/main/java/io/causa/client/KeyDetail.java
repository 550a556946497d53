package io.causa.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Map;

/**
 * A key's visible version and the concurrent ones that it won over.
 *
 * @param value its text, or its JSON text if it was written as JSON; null if the key has no value
 * @param encoding {@code base64} if {@code value} is not text, else null
 * @param wallTimeMillis for people only
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyDetail(
    String key,
    @JsonDeserialize(using = AnyJson.class) String value,
    String encoding,
    String contentType,
    String version,
    long lamport,
    String origin,
    long wallTimeMillis,
    Map<String, Long> clock,
    List<Loser> conflicts) {

  public KeyDetail {
    clock = clock == null ? Map.of() : Map.copyOf(clock);
    conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
  }

  /** A concurrent version that lost; its value is null if it was a delete. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Loser(
      String version,
      @JsonDeserialize(using = AnyJson.class) String value,
      long lamport,
      String origin) {}
}
