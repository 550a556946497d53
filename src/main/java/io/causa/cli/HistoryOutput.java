package io.causa.cli;

import io.causa.history.HistoryEvent;
import io.causa.history.HistoryFile;
import io.causa.history.TextExport;
import java.io.IOException;
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

  void export(List<HistoryEvent> history) {
    if (export != null) {
      write(export, () -> TextExport.write(export, history));
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
      throw new CommandFailure(
          ExitCode.USAGE, "cannot write %s: %s".formatted(file, failed), failed);
    }
  }
}
