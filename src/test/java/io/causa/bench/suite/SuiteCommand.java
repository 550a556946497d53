package io.causa.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/bench all}: runs benchmarks, and writes what they have found. */
@Command(
    name = "bin/bench all",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Causa beside what people install instead, and judges it by its targets.",
      "Each system has its turn alone; ratios come from turns of the same run."
    })
public final class SuiteCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int LEAST_PORT = 20_000;
  private static final int PORTS = 11_000;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

  @Parameters(paramLabel = "NAME", description = "Only these benchmarks; --list names all.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Name the benchmarks and the targets of each.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "Only the ratios over HTTP, in less than three minutes; they are rough.")
  private boolean quick;

  @Option(names = "--long", description = "Also what takes very long or much memory.")
  private boolean large;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the Markdown goes; by default a file of its own in target/bench.")
  private Path out;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "24",
      description = "After so long no more benchmark begins (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(names = "--write", description = "Also put the Markdown into docs/benchmarks.md.")
  private boolean write;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where data goes: decides which disk is measured. By default target/bench.")
  private Path directory;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "2g",
      description = "The heap of each server's JVM (default: ${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "From where free ports are taken; by default from a random place.")
  private Integer port;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SuiteCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Suite.all(large).forEach(SuiteCommand::describe);
      return 0;
    }
    Path home = Path.of(System.getProperty("causa.home")).toRealPath();
    List<Benchmark> chosen = chosen();
    Wrk.requireInstalled();
    Path results = Files.createDirectories(home.resolve("target/bench"));
    Path scratch = scratch();
    Findings findings = new Findings();
    long startNanos = System.nanoTime();
    Runner runner =
        new Runner(
            findings,
            () -> 60L * minutes - Duration.ofNanos(System.nanoTime() - startNanos).toSeconds());
    Lab lab = new Lab(home, scratch, quick ? Plan.QUICK : Plan.FULL, firstPort(), heap);
    Thread cleaner = new Thread(() -> Scratch.clear(lab), "bench-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    String machine = Machine.describe(quick);
    lab.say("%s", machine);
    chosen.forEach(benchmark -> runner.run(lab, benchmark));
    if (lab.isClosed()) {
      return FAILED;
    }
    lab.say("took %d s", Duration.ofNanos(System.nanoTime() - startNanos).toSeconds());
    publish(home, results, Markdown.page(machine, findings));
    return runner.failed() ? FAILED : 0;
  }

  private static void describe(Benchmark benchmark) {
    System.out.printf(
        "%-12s %s%s%n",
        benchmark.name(),
        benchmark.isQuick() ? "(also --quick) " : "",
        Targets.all().stream()
            .filter(target -> benchmark.targets().contains(target.id()))
            .map(Target::what)
            .collect(Collectors.joining("; ")));
  }

  private List<Benchmark> chosen() {
    List<Benchmark> all = Suite.all(large);
    for (String name : names) {
      if (all.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
        throw new BenchException("there is no benchmark \"" + name + "\"; --list names all");
      }
    }
    return all.stream()
        .filter(
            benchmark ->
                names.isEmpty() ? !quick || benchmark.isQuick() : names.contains(benchmark.name()))
        .toList();
  }

  /** The script that starts the suite removes its own directory even after a KILL. */
  private Path scratch() throws IOException {
    return directory == null
        ? Files.createDirectories(Path.of(System.getProperty("causa.bench.run")))
        : Files.createTempDirectory(Files.createDirectories(directory), "bench");
  }

  private int firstPort() {
    return port == null ? LEAST_PORT + ThreadLocalRandom.current().nextInt(PORTS) : port;
  }

  private void publish(Path home, Path results, String page) throws IOException {
    Path file = out == null ? results.resolve(LocalDateTime.now().format(STAMP) + ".md") : out;
    Files.writeString(file, page);
    System.out.println(page);
    System.err.println("written to " + file);
    if (write) {
      Path docs = home.resolve("docs/benchmarks.md");
      Files.writeString(docs, MarkedSection.replace(Files.readString(docs), page));
      System.err.println("written to " + docs);
    }
  }
}
