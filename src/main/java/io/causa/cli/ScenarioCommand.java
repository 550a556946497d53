package io.causa.cli;

import io.causa.scenario.Scenario;
import io.causa.scenario.Summary;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code causa scenario}. */
@Command(
    name = "scenario",
    mixinStandardHelpOptions = true,
    description = {
      "Plays scenarios on a running cluster and judges what its clients saw.",
      "",
      "Ends with 0 if none failed, with 1 if one did. What a cluster cannot play (because it was"
          + " started without --faults, or because nothing here can stop its nodes) is skipped."
    },
    footer = {
      "",
      "Example:",
      "  causa scenario --nodes http://h1:5001,http://h2:5001,http://h3:5001 \\",
      "    --stop-command 'docker compose stop {node}' \\",
      "    --start-command 'docker compose start {node}' conf/scenarios"
    },
    sortOptions = false)
final class ScenarioCommand implements Callable<Integer> {
  private final Installation installation;
  private final PrintStream out;

  @ParentCommand CausaCommand before;
  @Mixin ClusterTarget target = new ClusterTarget();
  @Mixin CommandNodeControl.Templates templates = new CommandNodeControl.Templates();

  @Mixin LookOptions appearance = new LookOptions();

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Writes what the clients saw to DIR/<scenario>.jsonl.")
  Path history;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Scenarios, or directories of them (default: those that come with Causa).")
  List<Path> files = List.of();

  ScenarioCommand(Installation installation, PrintStream out) {
    this.installation = installation;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Scenario> scenarios =
        Scenarios.read(files.isEmpty() ? List.of(installation.scenarios()) : files);
    Vertx vertx = ClientVertx.start();
    try {
      Summary summary =
          Scenarios.play(
              url -> target.access.open(vertx, url),
              scenarios,
              target.urls(vertx, before.node),
              CommandNodeControl.of(vertx, templates),
              Optional.ofNullable(history),
              appearance.look(),
              out);
      return summary.passed() ? ExitCode.OK : ExitCode.FAILED_VERDICT;
    } finally {
      vertx.close();
    }
  }
}
