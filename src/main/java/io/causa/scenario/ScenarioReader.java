package io.causa.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads scenario files; {@code docs/scenarios.md} describes the language. */
public final class ScenarioReader {
  private static final int NODES = 3;
  private static final int MAX_NODES = 100;
  private static final int MAX_ORDER = 1_000;

  private ScenarioReader() {}

  /**
   * Reads one file.
   *
   * @throws ScenarioFormatException if it is no scenario, naming file and line
   * @throws IOException if it cannot be read
   */
  public static Scenario read(Path file) throws IOException {
    return parse(file, Files.readString(file));
  }

  /**
   * Reads all scenarios of a directory, in the order in which they are meant to be played: by their
   * {@code order}, then by name.
   *
   * @throws ScenarioFormatException if one is no scenario
   * @throws IOException if one cannot be read
   */
  public static List<Scenario> readAll(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(file -> file.toString().matches(".*\\.ya?ml")).toList();
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (Path file : files) {
      scenarios.add(read(file));
    }
    scenarios.sort(Comparator.comparingInt(Scenario::order).thenComparing(Scenario::name));
    return scenarios;
  }

  static Scenario parse(Path file, String text) throws IOException {
    Section top = new Section(file, "a scenario", Yaml.parse(file, text));
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    int order = top.count("order", MAX_ORDER, 1, MAX_ORDER);
    int nodes = top.count("nodes", NODES, 1, MAX_NODES);
    String title = top.text("title");
    String story = top.text("story").strip();
    List<Step> steps = new StepReader(file, nodes).steps(top.required("steps"));
    top.end();
    return new Scenario(name, title, story, order, nodes, steps);
  }
}
