package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void textStandsLeftAndNumbersStandRight() {
    Columns table = new Columns("PEER", "LAG", "HEARD").row("node2", 7, "yes").row("n3", 1234, "");
    assertThat(table)
        .hasToString(
            """
            PEER    LAG  HEARD
            node2     7  yes
            n3     1234
            """);
  }

  @Test
  void aRowWithTooFewCellsIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Columns("A", "B").row(1))
        .withMessageContaining("1 cells under 2 headings");
  }
}
