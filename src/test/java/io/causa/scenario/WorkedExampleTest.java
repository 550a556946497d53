package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of docs/scenarios.md is the scenario that comes with Causa. */
class WorkedExampleTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void thePageExplainsTheStepsThatThePlayHas() throws IOException {
    Matcher block = YAML.matcher(Files.readString(Path.of("docs/scenarios.md")));
    assertThat(block.find()).isTrue();
    Scenario explained = ScenarioReader.parse(Path.of("scenarios.md"), block.group(1));
    Scenario played = ScenarioReader.read(Path.of("conf/scenarios/effect-before-cause.yaml"));

    assertThat(explained.title()).isEqualTo(played.title());
    assertThat(explained.story()).isEqualTo(played.story());
    assertThat(steps(explained)).isEqualTo(steps(played));
  }

  /** Without remarks, and wherever they stand. */
  private static List<String> steps(Scenario scenario) {
    return scenario.steps().stream()
        .filter(step -> !(step instanceof Step.Say))
        .map(step -> step.toString().replaceAll("line=[0-9]+", ""))
        .toList();
  }
}
