package io.causa.cli.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Playground ONE = cluster("one", 5001, 5002);
  private static final Playground TWO = cluster("two", 6001, 6002);

  @Test
  void withoutWordsItIsTheOnlyOne() throws Exception {
    assertThat(new Selection(null, null).only(List.of(ONE))).isEqualTo(ONE);
  }

  @Test
  void theNameOrThePortOfAnyNodeTellsApart() throws Exception {
    assertThat(new Selection("two", null).only(List.of(ONE, TWO))).isEqualTo(TWO);
    assertThat(new Selection(null, 5002).only(List.of(ONE, TWO))).isEqualTo(ONE);
  }

  @Test
  void severalAreListed() {
    assertThatThrownBy(() -> new Selection(null, null).only(List.of(ONE, TWO)))
        .isInstanceOf(Selection.AmbiguousException.class)
        .hasMessage(
            "several clusters run; choose one with --name or --port. Running:"
                + " one (process 7, http://127.0.0.1:5001),"
                + " two (process 7, http://127.0.0.1:6001).");
  }

  @Test
  void whereNoneRunsItSaysHowToStartOne() {
    assertThatThrownBy(() -> new Selection("one", null).only(List.of()))
        .isInstanceOf(Selection.NoneException.class)
        .hasMessageContaining("`bin/causa cluster` starts one");
  }

  @Test
  void whereNoneFitsItSaysWhichThereAre() {
    assertThatThrownBy(() -> new Selection("three", 50).only(List.of(ONE)))
        .isInstanceOf(Selection.NoneException.class)
        .hasMessageStartingWith("no cluster with --name three --port 50 runs. Running: one (");
  }

  static Playground cluster(String name, int... ports) {
    return new Playground(
        name, 7, "/logs", null, Arrays.stream(ports).mapToObj(SelectionTest::at).toList());
  }

  private static Playground.Node at(int port) {
    String http = "http://127.0.0.1:" + port;
    return new Playground.Node("node" + port, null, 8L, 9L, http, "h:1", "h:2", "/log");
  }
}
