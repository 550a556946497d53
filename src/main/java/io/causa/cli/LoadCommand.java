package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.causa.torture.Torture;
import io.causa.torture.TortureOptions;
import io.causa.torture.TortureReport;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code causa load}: the load and the verdict of {@code torture}, on nodes that already run. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Works on running nodes as torture does, while somebody else brings faults about, and judges"
          + " what the clients saw. For empty nodes that keep their data on disk and that nobody else"
          + " writes to.",
      "",
      "Standard input says what happens, a line each: `fault WORDS`, `away NODE`, `back NODE`,"
          + " `healed` (answered with `converged N ms` once all nodes have what any of them had then),"
          + " `end`.",
      "",
      "Ends with 0 if every promise was kept, otherwise with 1."
    },
    footer = {"", "Example:", "  causa load n1=http://10.0.0.1:5001 n2=http://10.0.0.2:5001"},
    sortOptions = false)
final class LoadCommand implements Callable<Integer> {
  private final InputStream in;
  private final PrintStream out;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "The load ends after so long at the latest (default: ${DEFAULT-VALUE}).")
  int seconds = 3_600;

  @Option(
      names = "--seed",
      paramLabel = "X",
      description = "The load is drawn from it (default: a new one, which is printed).")
  Long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a second, of all clients together (default: ${DEFAULT-VALUE}).")
  int rate = 600;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Writes what the clients saw as JSON lines.")
  Path history;

  @Mixin AccessOptions access = new AccessOptions();
  @Mixin HistoryOutput output = new HistoryOutput();

  @Parameters(arity = "1..*", paramLabel = "NAME=URL", description = "The nodes by their names.")
  Map<String, String> nodes = new LinkedHashMap<>();

  LoadCommand(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    TortureOptions options = options();
    out.printf("seed %d%n", options.seed());
    TortureReport report = work(options);
    report.print(out);
    HistoryOutput.save(history, report.history());
    output.export(report.history(), out);
    out.printf("%s (seed %d)%n", report.passed() ? "PASSED" : "FAILED", options.seed());
    return report.passed() ? ExitCode.OK : ExitCode.FAILED_VERDICT;
  }

  private TortureOptions options() {
    long chosen = seed != null ? seed : new Random().nextInt(Integer.MAX_VALUE);
    try {
      return TortureOptions.of(chosen, seconds * 1000L, true, rate);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(ExitCode.USAGE, wrong.getMessage(), wrong);
    }
  }

  /** Without it, the load would wait a minute for a node that was never there. */
  private void requireNodes(Vertx vertx) throws InterruptedException {
    for (Map.Entry<String, String> node : nodes.entrySet()) {
      try (CausaClient client = access.open(vertx, node.getValue())) {
        Answer answer = ClientVertx.await(client.status());
        if (!(answer instanceof Answer.Reported)) {
          throw new CommandFailure(
              ExitCode.UNREACHABLE,
              "the load cannot begin, as %s is no node that answers: %s"
                  .formatted(node.getKey(), answer));
        }
      }
    }
  }

  private TortureReport work(TortureOptions options) throws InterruptedException {
    BufferedReader script = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    nodes.replaceAll((name, url) -> NodeTarget.withScheme(url));
    Vertx vertx = ClientVertx.start();
    try {
      requireNodes(vertx);
      return new Torture(url -> access.open(vertx, url), options, nodes, script, out).run();
    } catch (IllegalArgumentException noAddress) {
      throw new CommandFailure(ExitCode.USAGE, noAddress.getMessage(), noAddress);
    } finally {
      vertx.close();
    }
  }
}
