package io.causa.scenario;

import java.nio.file.Path;

/**
 * A scenario file that cannot be understood: which file, which line, what is wrong and what would
 * be right.
 */
public final class ScenarioFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScenarioFormatException(Path file, int line, String problem) {
    super("%s:%d: %s".formatted(file, line, problem));
  }
}
