package io.causa.cli;

import io.causa.history.HistoryChecks;
import io.causa.history.HistoryEvent;
import io.causa.history.HistoryFile;
import io.causa.history.Violation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code causa check}: judges a saved history. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Holds a history (JSON lines, as torture and scenario --history write them) against every"
          + " promise, and prints what is broken.",
      "",
      "Ends with 0 if nothing is, otherwise with 1. docs/verification.md describes the format."
    },
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final PrintStream out;

  @Spec CommandSpec spec;
  @Mixin HistoryOutput output = new HistoryOutput();

  @Option(
      names = "--memory",
      description = "The nodes kept nothing on disk: what only one node had may go with that node.")
  boolean memory;

  @Parameters(paramLabel = "FILE", description = "The history.")
  Path file;

  CheckCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    List<HistoryEvent> history = read();
    if (history.isEmpty()) {
      spec.commandLine().getErr().printf("causa: %s is empty: there is nothing to check%n", file);
    }
    List<String> checks = new ArrayList<>(HistoryChecks.names());
    if (memory) {
      checks.remove(HistoryChecks.NO_LOST_WRITE);
    }
    List<Violation> violations = check(history, checks);
    violations.forEach(out::println);
    out.printf(
        "%,d events, %d checks, %d violations%n", history.size(), checks.size(), violations.size());
    output.export(history, out);
    return violations.isEmpty() ? ExitCode.OK : ExitCode.FAILED_VERDICT;
  }

  private List<Violation> check(List<HistoryEvent> history, List<String> checks) {
    try {
      return HistoryChecks.check(history, checks);
    } catch (IllegalArgumentException noHistory) {
      throw new CommandFailure(ExitCode.USAGE, file + ": " + noHistory.getMessage(), noHistory);
    }
  }

  private List<HistoryEvent> read() {
    try {
      return HistoryFile.read(file);
    } catch (IOException unreadable) {
      String problem =
          unreadable instanceof FileSystemException
              ? Reasons.cannot("read", file, unreadable)
              : "cannot read the history: " + unreadable.getMessage();
      throw new CommandFailure(ExitCode.USAGE, problem, unreadable);
    }
  }
}
