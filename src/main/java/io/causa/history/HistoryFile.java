package io.causa.history;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Histories as JSON lines: one event a line, in any order. */
public final class HistoryFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private HistoryFile() {}

  /** Writes all events, replacing the file and making its directory. */
  public static void write(Path file, List<HistoryEvent> events) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (HistoryEvent event : events) {
        out.write(JSON.writeValueAsString(event));
        out.newLine();
      }
    }
  }

  /**
   * Reads a whole history.
   *
   * @throws IOException if there is no such file, or a line is not an event; its message is a
   *     sentence for people that names the file and the line
   */
  public static List<HistoryEvent> read(Path file) throws IOException {
    List<HistoryEvent> events = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank()) {
        events.add(parse(line, file + ":" + number));
      }
    }
    return events;
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, not a history");
    }
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no file " + file, missing);
    } catch (CharacterCodingException binary) {
      throw new IOException(file + " is not a history: it is no text in UTF-8", binary);
    }
  }

  private static HistoryEvent parse(String line, String where) throws IOException {
    try {
      HistoryEvent event = JSON.readValue(line, HistoryEvent.class);
      if (event == null) {
        throw new IOException(where + " is not an event of a history: it is null");
      }
      return event;
    } catch (JsonProcessingException wrong) {
      throw new IOException(where + " is not an event of a history: " + reason(wrong), wrong);
    }
  }

  /** What is wrong, without the parser's own terms. */
  private static String reason(JsonProcessingException wrong) {
    if (wrong instanceof UnrecognizedPropertyException unknown) {
      return "there is no field \"%s\", only %s"
          .formatted(path(unknown), list(unknown.getKnownPropertyIds()));
    }
    if (wrong instanceof InvalidFormatException invalid && invalid.getTargetType().isEnum()) {
      return "\"%s\" is \"%s\", which is not one of %s"
          .formatted(path(invalid), invalid.getValue(), choices(invalid.getTargetType()));
    }
    if (wrong.getCause() instanceof NullPointerException absent) {
      return "it has no field \"" + absent.getMessage() + "\"";
    }
    if (wrong instanceof ValueInstantiationException && wrong.getCause() != null) {
      return wrong.getCause().getMessage();
    }
    if (wrong instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "\"%s\" is missing or of another kind than expected".formatted(path(mapping));
    }
    return wrong instanceof JsonParseException
        ? "it is not JSON: " + wrong.getOriginalMessage()
        : "it is not one JSON object";
  }

  private static String path(JsonMappingException wrong) {
    return wrong.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  private static String list(Collection<Object> names) {
    return names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(choice -> ((Enum<?>) choice).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
