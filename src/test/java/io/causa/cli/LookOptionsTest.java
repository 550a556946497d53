package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.scenario.Look;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookOptionsTest {
  private final LookOptions options = new LookOptions();

  @Test
  void whereNothingIsKnownTheTextIsPlainAndOfTheUsualWidth() {
    assertThat(options.look(Map.of("TERM", "xterm"), null)).isEqualTo(Look.PLAIN);
  }

  @ParameterizedTest
  @CsvSource({"100, , 100", "0, , 80", "30, , 60", "999, , 120", "100, 90, 90", "100, x, 100"})
  void aPageIsAsWideAsTheTerminalWithinBounds(String terminal, String columns, int width) {
    Map<String, String> environment = columns == null ? Map.of() : Map.of("COLUMNS", columns);
    assertThat(options.look(environment, terminal).width()).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, TERM, xterm, 80, true",
    "AUTO, TERM, xterm, , false",
    "AUTO, TERM, dumb, 80, false",
    "AUTO, NO_COLOR, 1, 80, false",
    "ALWAYS, NO_COLOR, 1, , true",
    "NEVER, TERM, xterm, 80, false",
  })
  void colourIsForTerminalsUnlessSomebodySaysOtherwise(
      LookOptions.When when, String variable, String value, String terminal, boolean colour) {
    options.color = when;
    assertThat(options.look(Map.of(variable, value), terminal).colour()).isEqualTo(colour);
  }

  @Test
  void noColorCountsOnATerminalThatHasColours() {
    assertThat(options.look(Map.of("TERM", "xterm", "NO_COLOR", "1"), "80").colour()).isFalse();
    assertThat(options.look(Map.of("TERM", "xterm", "NO_COLOR", ""), "80").colour()).isTrue();
  }
}
