package io.causa.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/bench crash}: kills one node under load, again and again, and counts what is lost. */
@Command(
    name = "bench crash",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Kills one node (KILL) at random moments under load; 0 if nothing was lost.")
public final class CrashBench implements Callable<Integer> {

  private static final int PROGRESS_CYCLES = 10;

  @Option(names = "--cycles", description = "How many kills (default: ${DEFAULT-VALUE}).")
  int cycles = 200;

  @Option(names = "--mode", description = "fsync or buffered (default: ${DEFAULT-VALUE}).")
  String mode = "fsync";

  @Option(
      names = "--writes",
      description = "Acknowledged writes before a kill, at the most (default: ${DEFAULT-VALUE}).")
  int mostWrites = 1500;

  @Option(names = "--seed", description = "Draws the moments (default: a fresh one, printed).")
  Long seed;

  @Option(names = "--dir", required = true, description = "Where data and log go.")
  Path directory;

  @Option(names = "--launcher", description = "What starts a node (default: this Java).")
  Path launcher;

  @Override
  public Integer call() throws Exception {
    long chosen = seed != null ? seed : new Random().nextInt(Integer.MAX_VALUE);
    Files.createDirectories(directory);
    long startNanos = System.nanoTime();
    System.out.printf("mode %s, seed %d, %d kills%n", mode, chosen, cycles);
    List<String> flags = List.of("--set", "storage.mode=" + mode);
    try (var crashes = new CrashCycles(installation(), directory, flags, mostWrites, chosen)) {
      CrashReport report = crashes.run(cycles, this::progress);
      report.print(System.out);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
      System.out.printf("%s in %d s%n", report.passed() ? "PASSED" : "FAILED", seconds);
      return report.passed() ? ExitCode.OK : ExitCode.FAILED_VERDICT;
    }
  }

  private void progress(CrashReport report) {
    if (report.kills() % PROGRESS_CYCLES == 0) {
      report.print(System.out);
    }
  }

  private Installation installation() {
    Installation ours = Installation.ofThisProcess();
    return launcher == null
        ? ours
        : new Installation(ours.home(), List.of(launcher.toAbsolutePath().toString()));
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new CrashBench()).execute(args));
  }
}
