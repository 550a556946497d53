package io.causa.cli;

import io.causa.cli.playground.Playgrounds;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code causa}: the words that come before a command, and all commands. */
@Command(
    name = "causa",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Causa, a replicated key-value store that never shows an effect before its cause.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "`causa COMMAND --help` tells more.",
      "",
      "  causa demo                                      see it work",
      "  causa cluster                                   three nodes to play with",
      "  causa --node http://127.0.0.1:5001 put x 5      write to one of them",
      "  causa --node http://127.0.0.1:5003 get x        read from another"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a scenario failed, or a history breaks a promise",
      "2:the command line, a file on it or the configuration cannot be used",
      "3:the key has no value at this node",
      "4:the node does not answer, or no such local cluster runs",
      "5:the node refused, or what answers is no node; its problem is shown",
      "6:a node (or the build) could not start, or stopped by itself",
      "7:a node stopped by itself, because it had no memory for network buffers",
      "8:the node has no memory left for more data; deletes still pass",
      "70:a defect of Causa itself",
      "130:ended by Ctrl-C, everything is closed",
      "143:ended by TERM, everything is closed"
    },
    sortOptions = false)
final class CausaCommand {
  @Option(
      names = {"-n", "--node"},
      paramLabel = "URL",
      description = "The node that put, get, delete and status talk to.")
  String node;

  @Option(names = "--json", description = "They answer in JSON, for programs.")
  boolean json;

  static CommandLine commandLine() {
    return commandLine(Installation.ofThisProcess(), System.out);
  }

  /**
   * @param values where values and transcripts go, byte for byte
   */
  static CommandLine commandLine(Installation installation, PrintStream values) {
    return commandLine(installation, values, Playgrounds.ofThisUser(System.getenv()));
  }

  /**
   * @param playgrounds the clusters that other terminals run
   */
  static CommandLine commandLine(
      Installation installation, PrintStream values, Playgrounds playgrounds) {
    CommandLine commandLine =
        new CommandLine(new CausaCommand())
            .addSubcommand(new DemoCommand(installation, values))
            .addSubcommand(ClusterCommand.commandLine(installation, playgrounds))
            .addSubcommand(new NodeCommand(NodeInThisJvm::start))
            .addSubcommand(new PutCommand())
            .addSubcommand(new GetCommand(values))
            .addSubcommand(new DeleteCommand())
            .addSubcommand(new StatusCommand())
            .addSubcommand(new HeldCommand())
            .addSubcommand(new BackupCommand())
            .addSubcommand(new ForgetCommand())
            .addSubcommand(new RetireCommand())
            .addSubcommand(new ScenarioCommand(installation, values))
            .addSubcommand(new TortureCommand(installation, values))
            .addSubcommand(new LoadCommand(System.in, values))
            .addSubcommand(new CheckCommand(values))
            .addSubcommand(TokenCommand.commandLine())
            .addSubcommand(new CertificatesCommand())
            .addSubcommand(new WarmUpCommand(NodeInThisJvm::start));
    Failures failures = new Failures();
    return commandLine
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
