package io.causa.cli;

import io.causa.scenario.Look;
import java.util.Map;
import picocli.CommandLine.Option;

/** How scenarios are shown on this terminal, or in this file. */
final class LookOptions {
  /** Set by {@code bin/causa} if the standard output is a terminal: its width, or 0. */
  static final String TERMINAL = "causa.terminal.columns";

  /** When there is colour. */
  enum When {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "auto: on a terminal, unless NO_COLOR is set or TERM is dumb; always; never"
              + " (default: auto).")
  When color = When.AUTO;

  @Option(
      names = "--absolute-clocks",
      description = "Counts writes as the nodes do, not from the start of each scenario.")
  boolean absoluteClocks;

  Look look() {
    return look(System.getenv(), System.getProperty(TERMINAL));
  }

  /**
   * @param terminal the width of the terminal that the output goes to; null if it goes elsewhere
   */
  Look look(Map<String, String> environment, String terminal) {
    int width = columns(environment.get("COLUMNS"));
    if (width == 0) {
      width = columns(terminal);
    }
    boolean colour =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> terminal != null && wantsColour(environment);
        };
    return new Look(width == 0 ? Look.USUAL_WIDTH : width, colour, absoluteClocks);
  }

  private static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  private static int columns(String text) {
    return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }
}
