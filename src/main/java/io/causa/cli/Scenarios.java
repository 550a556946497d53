package io.causa.cli;

import io.causa.client.CausaClient;
import io.causa.scenario.Cluster;
import io.causa.scenario.Look;
import io.causa.scenario.NodeControl;
import io.causa.scenario.Scenario;
import io.causa.scenario.ScenarioFormatException;
import io.causa.scenario.ScenarioReader;
import io.causa.scenario.ScenarioRunner;
import io.causa.scenario.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code scenario} and {@code demo} do alike: find the files, read them, play them. */
final class Scenarios {
  private Scenarios() {}

  /**
   * Reads all files before anything is played.
   *
   * @param files directories stand for all scenarios in them, in the order of play
   * @throws CommandFailure if one cannot be read or understood, or if there is none
   */
  static List<Scenario> read(List<Path> files) {
    List<Scenario> scenarios =
        files.stream().map(Scenarios::readFrom).flatMap(List::stream).toList();
    if (scenarios.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "there is no scenario (*.yaml) in "
              + files.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
    return scenarios;
  }

  private static List<Scenario> readFrom(Path path) {
    try {
      return Files.isDirectory(path)
          ? ScenarioReader.readAll(path)
          : List.of(ScenarioReader.read(path));
    } catch (ScenarioFormatException wrong) {
      throw new CommandFailure(ExitCode.USAGE, wrong.getMessage(), wrong);
    } catch (IOException unreadable) {
      throw cannotRead(path, unreadable);
    }
  }

  private static CommandFailure cannotRead(Path path, IOException reason) {
    return new CommandFailure(ExitCode.USAGE, Reasons.cannot("read", path, reason), reason);
  }

  /**
   * Plays them on the nodes at these addresses.
   *
   * @param clients opens a client of each
   * @throws CommandFailure if a node does not answer before the first one begins
   */
  static Summary play(
      Function<String, CausaClient> clients,
      List<Scenario> scenarios,
      List<String> urls,
      Optional<NodeControl> control,
      Optional<Path> history,
      Look look,
      PrintStream out)
      throws InterruptedException {
    try (Cluster cluster = discover(clients, urls, control)) {
      ScenarioRunner.Options options =
          history.map(Scenarios::writtenTo).orElse(ScenarioRunner.Options.DEFAULT);
      return new ScenarioRunner(cluster, out, options.withLook(look)).run(scenarios);
    }
  }

  private static Cluster discover(
      Function<String, CausaClient> clients, List<String> urls, Optional<NodeControl> control)
      throws InterruptedException {
    try {
      return Cluster.discover(clients, urls, control)
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (IllegalArgumentException noAddress) {
      throw new CommandFailure(ExitCode.USAGE, noAddress.getMessage(), noAddress);
    } catch (ExecutionException failed) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE, StartFailure.reasons(failed.getCause()), failed);
    }
  }

  private static ScenarioRunner.Options writtenTo(Path directory) {
    try {
      Files.createDirectories(directory);
      return ScenarioRunner.Options.DEFAULT.withHistory(directory);
    } catch (IOException failed) {
      throw new CommandFailure(ExitCode.USAGE, Reasons.cannot("create", directory, failed), failed);
    }
  }
}
