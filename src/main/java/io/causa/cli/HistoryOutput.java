package io.causa.cli;

import io.causa.history.HistoryEvent;
import io.causa.history.HistoryFile;
import io.causa.history.TextExport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a history goes besides being judged. */
final class HistoryOutput {
  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Writes the history as plain text, r|w(key,value,session,transaction) a line.")
  Path export;

  /**
   * Exports the history if that was asked for, and says what could not be exported.
   *
   * @param out where that is said
   */
  void export(List<HistoryEvent> history, PrintStream out) {
    if (export != null) {
      write(export, () -> report(TextExport.write(export, history), out));
    }
  }

  private void report(TextExport.Exported exported, PrintStream out) {
    out.printf("%,d lines exported to %s%n", exported.lines().size(), export);
    leftOut(exported.absences(), "found nothing, for which there is more than one reason", out);
    leftOut(exported.values(), "found a value that more than one write may have written", out);
  }

  private static void leftOut(List<String> reads, String why, PrintStream out) {
    if (!reads.isEmpty()) {
      out.printf("%,d reads left out, which %s; for example %s%n", reads.size(), why, reads.get(0));
    }
  }

  static void save(Path file, List<HistoryEvent> history) {
    if (file != null) {
      write(file, () -> HistoryFile.write(file, history));
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Path file, Writing writing) {
    try {
      writing.run();
    } catch (IOException failed) {
      throw new CommandFailure(ExitCode.USAGE, Reasons.cannot("write", file, failed), failed);
    }
  }
}
