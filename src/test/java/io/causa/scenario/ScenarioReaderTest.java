package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
  @Test
  void aScenarioIsReadAsItStands() throws IOException {
    Scenario scenario =
        read(
            """
            title: A title
            story: |
              Once upon a time.
            nodes: 4
            steps:
              - put: {node: node1, as: alice, key: a/b, value: 010, waitSeconds: 3}
              - hold: {to: node3, origin: '*'}
              - wait-until: {node: [node1, node4], values: {x: 1}, clock: {node1: +2}}
              - heal
            """);
    assertThat(scenario.name()).isEqualTo("test");
    assertThat(scenario.title()).isEqualTo("A title");
    assertThat(scenario.story()).isEqualTo("Once upon a time.");
    assertThat(scenario.nodes()).isEqualTo(4);
    assertThat(scenario.keys()).containsExactly("a/b", "x");
    assertThat(scenario.needsFaults()).isTrue();
    assertThat(scenario.needsControl()).isFalse();
    Step.Put put = (Step.Put) scenario.steps().get(0);
    assertThat(put.value()).isEqualTo("010");
    assertThat(put.line()).isEqualTo(6);
    assertThat(put.manner()).isEqualTo(new Step.Manner("alice", null, 3, false, 200));
    Step.WaitUntil wait = (Step.WaitUntil) scenario.steps().get(2);
    assertThat(wait.nodes()).containsExactly("node1", "node4");
    assertThat(wait.condition().clock()).containsEntry("node1", 2L);
    assertThat(scenario.steps().get(3)).isEqualTo(new Step.Heal(9));
  }

  @Test
  void stepsInsideStepsCountForWhatAScenarioNeeds() throws IOException {
    Scenario scenario =
        read(
            """
            title: t
            story: s
            steps:
              - repeat:
                  times: 2
                  steps:
                    - concurrently:
                        - kill: node2
                        - [heal, put: {node: node1, key: deep, value: 1}]
            """);
    assertThat(scenario.needsControl()).isTrue();
    assertThat(scenario.keys()).containsExactly("deep");
  }

  @Test
  void aDirectoryIsReadInTheOrderOfPlay() throws IOException {
    assertThat(ScenarioReader.readAll(Path.of("conf/scenarios")))
        .extracting(Scenario::name)
        .startsWith("dependent-write", "effect-before-cause", "effect-before-cause-repaired")
        .hasSize(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - putt: {node: node1}                                      | there is no step "putt"; there are put, get
          - put: {node: node1, key: x, value: 1, vaule: 2}           | put has no field "vaule"; it has
          - put: {node: node1, key: x}                               | put: "value" is missing
          - put: {node: node4, key: x, value: 1}                     | node1 to node3, not "node4"
          - put: {node: paris, key: x, value: 1}                     | node1 to node3, not "paris"
          - put: {node: node1, key: x, value: 1, vc: {node1: 1}}     | counts from the start of the scenario, as +1
          - put: {node: node1, key: x, value: 1, vc: {n: +1}}        | node1 to node3, not "n"
          - put: {node: node1, key: x, value: 1, context: bob}       | "context" needs "as"
          - put: {node: node1, key: x, value: [1]}                   | is one value
          - put: {node: node1, key: x, value: 1, waitSeconds: 90}    | "waitSeconds" is from 0 to 60, not 90
          - put: {node: node1, key: x, key: y, value: 1}             | stands here twice
          - get: {node: node1, key: x, value: 1, absent: true}       | only one can be so
          - get: {node: node1, key: x, absent: maybe}                | is true or false, not "maybe"
          - expect: {node: node1}                                    | it says nothing that must be so
          - expect: {node: node1, buffered: many}                    | is a whole number from 0, not "many"
          - drop: {from: node1}                                      | drop: "probability" is missing
          - drop: {from: node1, probability: 2}                      | is a probability from 0 to 1, not "2"
          - faults: [{from: node1, delay: 3}]                        | a link fault has no field "delay"
          - partition: [[node1]]                                     | two groups or more
          - stop                                                     | node1 to node3, not ""
          - {heal: , say: both}                                      | a step is one verb with its fields
          - concurrently: {put: 1}                                   | needs a list of steps
          - random-session: {operations: 0}                          | from 1 to 100,000, not 0
          - put: 5                                                   | put needs fields
          """)
  void whatIsWrongIsNamedWithItsLine(String step, String problem) {
    assertThatThrownBy(() -> read("title: t\nstory: s\nsteps:\n  - heal\n  " + step + "\n"))
        .isInstanceOf(ScenarioFormatException.class)
        .hasMessageStartingWith("test.yaml:5: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aFileThatIsNoScenarioSaysWhy() {
    assertThatThrownBy(() -> read("")).hasMessage("test.yaml:1: the file is empty");
    assertThatThrownBy(() -> read("title: t\nsteps: [}")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> read("title: t\nstory: s\n"))
        .hasMessage("test.yaml:1: a scenario: \"steps\" is missing");
    assertThatThrownBy(() -> read("title: t\nstory: s\nsteps: []\nauthor: me\n"))
        .hasMessageStartingWith("test.yaml:4: a scenario has no field \"author\"");
  }

  private static Scenario read(String text) throws IOException {
    return ScenarioReader.parse(Path.of("test.yaml"), text);
  }
}
