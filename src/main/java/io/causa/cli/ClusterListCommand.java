package io.causa.cli;

import io.causa.cli.playground.Playground;
import io.causa.cli.playground.Playgrounds;
import io.causa.cli.playground.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code causa cluster list}. */
@Command(
    name = "list",
    aliases = "status",
    description =
        "Shows the clusters that run on this machine: names, processes, states, addresses.")
final class ClusterListCommand extends PlaygroundCommand {
  @Option(names = "--json", description = "Answer in JSON, for programs.")
  boolean json;

  ClusterListCommand(Playgrounds playgrounds) {
    super(playgrounds);
  }

  /** What {@code --json} prints. */
  record Clusters(List<Playground> clusters) {}

  @Override
  public Integer call() throws InterruptedException {
    List<Playground> clusters = new ArrayList<>();
    for (Playground one : isNarrowed() ? List.of(chosen()) : fitting()) {
      clusters.add(ask(one, Verb.LIST, null).cluster());
    }
    if (isJson()) {
      new AnswerPrinter(out(), spec.commandLine().getErr(), true).json(new Clusters(clusters));
    } else if (clusters.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("no cluster runs on this machine; `bin/causa cluster` starts one");
    } else {
      out().print(clusters.stream().map(PlaygroundView::page).collect(Collectors.joining("\n")));
      out().flush();
    }
    return ExitCode.OK;
  }

  private boolean isJson() {
    return json || ((CausaCommand) spec.root().userObject()).json;
  }
}
