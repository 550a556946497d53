package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.Backup;
import io.causa.client.CausaClient;
import io.causa.client.Marks;
import io.causa.node.Backups;
import io.causa.node.port.BackupOutcome;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code causa backup}: of a running node over HTTP, of a stopped one in this process. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a consistent copy of a node's data, which is a data directory itself.",
      "",
      "Of a running node: it copies itself into its storage.backupDirectory, on its own machine.",
      "Of a stopped one: with --data and --to, on this machine."
    },
    footer = {
      "",
      "To restore, put the copy in the place of the data directory and start the node: it goes on"
          + " as a new generation and gets from its peers what the copy lacks."
    },
    sortOptions = false)
final class BackupCommand extends ClientCommand {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the copy, for a running node (default: the date and time).")
  String name = LocalDateTime.now().format(STAMP);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of a node that does not run.")
  Path data;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where the copy of --data goes; nothing may be there.")
  Path to;

  @Override
  void check() {
    if ((data == null) != (to == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--data and --to belong together: the data of a stopped node, and where its copy goes");
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    return data == null ? super.call() : ofStopped();
  }

  private int ofStopped() {
    BackupOutcome outcome = Backups.ofStopped(data.toAbsolutePath(), to.toAbsolutePath());
    if (outcome instanceof BackupOutcome.Made made) {
      Map<String, Long> clock = clock(String.valueOf(made.applied()));
      show(new Backup(null, made.directory(), clock), printer());
      return ExitCode.OK;
    }
    String reason =
        outcome instanceof BackupOutcome.Exists exists
            ? exists.directory() + " is there already, and nothing is overwritten"
            : ((BackupOutcome.Failed) outcome).reason();
    throw new CommandFailure(ExitCode.REFUSED, reason);
  }

  @Override
  Future<Answer> ask(CausaClient client) {
    return client.backup(name);
  }

  @Override
  int show(Answer answer, AnswerPrinter printer) {
    if (answer instanceof Answer.BackedUp made) {
      show(made.backup(), printer);
      return ExitCode.OK;
    }
    return printer.unwelcome(name, answer);
  }

  private static Map<String, Long> clock(String text) {
    return Marks.counts(text.substring(1, text.length() - 1));
  }

  private static void show(Backup backup, AnswerPrinter printer) {
    if (printer.isJson()) {
      printer.json(backup);
      return;
    }
    String clock =
        new TreeMap<>(backup.clock())
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    printer.out().printf("copied to %s%nclock     %s%n", backup.directory(), clock);
  }
}
