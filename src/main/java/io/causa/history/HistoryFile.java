package io.causa.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Histories as JSON lines: one event a line, in any order. */
public final class HistoryFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

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

  /** Reads a whole history; a line that is none names its file and number in the exception. */
  public static List<HistoryEvent> read(Path file) throws IOException {
    List<HistoryEvent> events = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank()) {
        events.add(parse(line, file + ":" + number));
      }
    }
    return events;
  }

  private static HistoryEvent parse(String line, String where) throws IOException {
    try {
      return JSON.readValue(line, HistoryEvent.class);
    } catch (JsonProcessingException e) {
      throw new IOException(where + " is not an event of a history: " + e.getOriginalMessage(), e);
    }
  }
}
