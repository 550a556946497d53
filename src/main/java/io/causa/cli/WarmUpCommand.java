package io.causa.cli;

import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code causa warm-up}: a node in memory that serves one of each request and ends. {@code
 * bin/causa} runs it once after a build to archive the classes that this loads, with which
 * everything starts faster.
 */
@Command(
    name = "warm-up",
    mixinStandardHelpOptions = true,
    hidden = true,
    description = "Loads what a node and its clients need, and ends.")
final class WarmUpCommand implements Callable<Integer> {
  private final NodeStarter starter;

  WarmUpCommand(NodeStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    NodeHost host = new NodeHost(starter, config());
    String url = host.startAndAwaitReady().httpUrl();
    play("--node", url, "put", "key", "value");
    play("--node", url, "get", "key");
    play("--node", url, "get", "key", "--json");
    play("--node", url, "delete", "key");
    play("--node", url, "status");
    return ExitCode.OK; // the shutdown hook stops the node
  }

  private static NodeConfig config() {
    Ports ports = new Ports(ClusterPlan.HOST);
    return NodeConfigLoader.load(
        Map.of(
            "node.id",
            "warm-up",
            "storage.mode",
            "memory",
            "http.port",
            "" + ports.free(),
            "cluster.port",
            "" + ports.free()),
        Map.of(),
        Optional.empty());
  }

  private static void play(String... words) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    int exitCode =
        CausaCommand.commandLine(Installation.ofThisProcess(), nowhere)
            .setOut(new PrintWriter(nowhere, false, StandardCharsets.UTF_8))
            .execute(words);
    if (exitCode != ExitCode.OK) {
      throw new CommandFailure(exitCode, "the warm-up failed at " + String.join(" ", words));
    }
  }
}
