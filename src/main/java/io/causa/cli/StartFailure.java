package io.causa.cli;

import io.causa.node.config.NodeConfig;
import java.util.Locale;
import java.util.StringJoiner;

/** Says in one line why a node did not start. */
final class StartFailure {
  private static final int MOST_CAUSES = 5;

  private StartFailure() {}

  static CommandFailure of(NodeConfig config, Throwable cause) {
    return new CommandFailure(
        ExitCode.NODE_FAILED,
        "%s (http %s:%d, cluster %s:%d) could not start: %s"
            .formatted(
                config.node().id(),
                config.http().host(),
                config.http().port(),
                config.cluster().host(),
                config.cluster().port(),
                reasons(cause)),
        cause);
  }

  /** The messages of the chain of causes, without those that only repeat the one below. */
  static String reasons(Throwable failure) {
    StringJoiner reasons = new StringJoiner(": ");
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (!repeats(cause)) {
        reasons.add(reason(cause));
      }
      cause = cause.getCause();
    }
    return reasons.toString();
  }

  private static boolean repeats(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null
        && (failure.getMessage() == null
            || failure.getMessage().equals(cause.toString())
            || failure.getMessage().equals(cause.getMessage()));
  }

  /** A failure without a message has only its kind: {@code closed channel} for its class. */
  private static String words(Throwable failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("(?<=.)(?=\\p{Lu}\\p{Ll})", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? words(failure) : failure.getMessage();
  }
}
