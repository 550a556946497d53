package io.causa.simulation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Says where an invariant broke inside a node. */
final class Broken {

  private static final int FRAMES = 6;

  private Broken() {}

  static String describe(Throwable broken) {
    Throwable cause = broken;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause
        + Arrays.stream(cause.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
  }
}
