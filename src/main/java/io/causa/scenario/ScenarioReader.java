package io.causa.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads scenario files; {@code docs/scenarios.md} describes the language. */
public final class ScenarioReader {
  private static final int NODES = 3;
  private static final int MAX_NODES = 100;

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

  static Scenario parse(Path file, String text) throws IOException {
    Section top = new Section(file, "a scenario", Yaml.parse(file, text));
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    int nodes = top.count("nodes", NODES, 1, MAX_NODES);
    String title = top.text("title");
    String story = top.text("story").strip();
    List<Step> steps = new StepReader(file, nodes).steps(top.required("steps"));
    top.end();
    return new Scenario(name, title, story, nodes, steps);
  }
}
