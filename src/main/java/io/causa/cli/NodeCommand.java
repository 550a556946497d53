package io.causa.cli;

import io.causa.node.config.NodeConfig;
import io.causa.node.config.UnknownVariables;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code causa node}: one node, in this process, until it is told to stop. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one node until Ctrl-C or TERM.",
      "",
      "Flags win over the environment (http.port is CAUSA_HTTP_PORT), the environment over the file"
          + " conf/causa.yaml (or that of --config), the file over the defaults."
    },
    footer = {
      "",
      "Example, the second node of two on one machine:",
      "  causa node --id node2 --port 5002 --memory \\",
      "    --cluster-port 5702 --join 127.0.0.1:5701,127.0.0.1:5702"
    },
    sortOptions = false)
final class NodeCommand implements Callable<Integer> {
  private final NodeStarter starter;

  @Mixin NodeSettings settings = new NodeSettings();

  @Option(
      names = "--stop-with-parent",
      description =
          "Stop when standard input ends: when the process that started this node is gone.")
  boolean stopWithParent;

  NodeCommand(NodeStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    NodeConfig config = settings.load(System.getenv());
    System.setProperty("causa.node", config.node().id()); // for logback.xml, before the first line
    settings.file().ifPresent(file -> log().info("settings are read from {}", file));
    tell(UnknownVariables.in(System.getenv()));
    NodeHost host = new NodeHost(starter, config);
    if (stopWithParent) {
      ParentWatch.start(System.in, () -> System.exit(ExitCode.TERMINATED));
    }
    return host.run();
  }

  private static void tell(UnknownVariables unknown) {
    unknown.warnings().forEach(log()::warn);
    unknown.hint().ifPresent(log()::info);
  }

  /** Only made when the node's name is known. */
  private static Logger log() {
    return LoggerFactory.getLogger(NodeCommand.class);
  }
}
