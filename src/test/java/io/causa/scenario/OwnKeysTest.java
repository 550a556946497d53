package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnKeysTest {
  @Test
  void everyKeyOfAScenarioIsRenamedAndNothingElse() throws IOException {
    Scenario scenario =
        parse(
            """
            title: t
            story: s
            steps:
              - put: {node: node1, as: alice, key: a, value: a}
              - get: {node: node1, as: alice, key: b, value: b}
              - get: {node: node1, key: c, unchanged: true}
              - delete: {node: node1, key: d}
              - expect: {values: {f: f, e: e}, absent: g, unchanged: h, conflicts: {i: i}, winner: j}
              - wait-until: {values: {k: k}, clock: {node1: +1}}
              - concurrently:
                  - put: {node: node1, key: l, value: l}
                  - - repeat: {times: 2, steps: [put: {node: node1, key: m, value: m}]}
              - random-session: {prefix: n, keys: 1}
              - heal
            """);
    Scenario renamed = OwnKeys.of(scenario, "7f").rename(scenario);
    assertThat(renamed.keys())
        .hasSize(14)
        .allMatch(OwnKeys.of(scenario, "7f")::isOwn)
        .containsExactlyElementsOf(scenario.keys().stream().map(key -> "test-7f/" + key).toList());
    assertThat(new OwnKeys("").rename(renamed)).isEqualTo(renamed);
    assertThat(((Step.Get) renamed.steps().get(1)).expected().values())
        .containsEntry("test-7f/b", "b");
  }

  private static Scenario parse(String text) throws IOException {
    return ScenarioReader.parse(Path.of("test.yaml"), text);
  }
}
