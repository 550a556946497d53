package io.causa.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log, however long it is. */
final class LogTail {
  private static final int MOST_BYTES = 8192;

  private LogTail() {}

  /** At most this many lines; a line that says so if the log cannot be read. */
  static List<String> of(Path log, int mostLines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - MOST_BYTES));
      byte[] end = new byte[(int) Math.min(MOST_BYTES, file.length())];
      file.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - mostLines), lines.size());
    } catch (IOException unreadable) {
      return List.of("(cannot read " + log + ": " + unreadable.getMessage() + ")");
    }
  }
}
