package io.causa.cli;

import io.causa.access.AccessList;
import io.causa.access.file.AccessFile;
import io.causa.access.file.AccessFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which file of tokens a command is about. */
final class TokenFileOption {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      defaultValue = "${env:CAUSA_ACCESS_TOKENS}",
      description = "The file of tokens (default: $$CAUSA_ACCESS_TOKENS).")
  Path path;

  @Option(names = "--json", description = "Answer in JSON, for programs.")
  boolean json;

  Path path() {
    return path;
  }

  /**
   * Returns what the file has.
   *
   * @throws CommandFailure if it cannot be used
   */
  AccessList read() {
    try {
      return new AccessFile(path).read();
    } catch (AccessFileException unusable) {
      throw failure(unusable);
    }
  }

  /** The same; a file that is not there yet is empty. */
  AccessList readIfThere() {
    return new AccessFile(path).exists() ? read() : new AccessList(List.of(), List.of());
  }

  /**
   * Replaces what the file has.
   *
   * @throws CommandFailure if it cannot be written
   */
  void write(AccessList list) {
    try {
      new AccessFile(path).write(list);
    } catch (AccessFileException unusable) {
      throw failure(unusable);
    }
  }

  private static CommandFailure failure(AccessFileException unusable) {
    return new CommandFailure(ExitCode.USAGE, unusable.getMessage(), unusable);
  }
}
