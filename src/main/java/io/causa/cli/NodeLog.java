package io.causa.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The log of a local node. Its runs stand one after the other, each behind a line that says when it
 * began. A log that has become longer than {@link #MOST_BYTES} is set aside when the next run
 * begins, in place of the one before it.
 */
final class NodeLog {
  static final long MOST_BYTES = 64L << 20;
  private static final int MOST_TAIL_BYTES = 8192;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  private final Path file;

  NodeLog(Path file) {
    this.file = file;
  }

  /**
   * Begins a run.
   *
   * @param node whose run it is
   * @return where its lines begin, in bytes
   */
  long begin(String node) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
      Path aside = file.resolveSibling(file.getFileName() + ".old");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
    String mark = "=== %s starts, %s ===\n".formatted(node, TIME.format(OffsetDateTime.now()));
    String gap = Files.exists(file) && Files.size(file) > 0 ? "\n" : "";
    Files.writeString(file, gap + mark, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return Files.size(file);
  }

  /**
   * The last lines of a run.
   *
   * @param from where the run began
   * @return at most so many; a line that says so if there is none or the log cannot be read
   */
  List<String> tail(long from, int mostLines) {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(from, log.length() - MOST_TAIL_BYTES);
      byte[] end = new byte[(int) Math.max(0, log.length() - start)];
      log.seek(start);
      log.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty()
          ? List.of("(this run wrote nothing)")
          : lines.subList(Math.max(0, lines.size() - mostLines), lines.size());
    } catch (IOException unreadable) {
      return List.of("(" + Reasons.cannot("read", file, unreadable) + ")");
    }
  }
}
