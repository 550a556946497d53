package io.causa.http;

/**
 * Ends a request early with a problem. Parsers throw it, {@link Dispatcher} turns it into the
 * answer; it never leaves this package.
 *
 * <p>It is no error of the node, so it carries no stack trace.
 */
final class ProblemException extends RuntimeException {

  private final transient Problem problem;
  private final boolean closing;

  private ProblemException(Problem problem, boolean closing) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.closing = closing;
  }

  ProblemException(Problem problem) {
    this(problem, false);
  }

  ProblemException(ProblemType type, String detail) {
    this(new Problem(type, detail), false);
  }

  /** A problem after which nothing more is read from the connection. */
  static ProblemException closing(Problem problem) {
    return new ProblemException(problem, true);
  }

  Problem problem() {
    return problem;
  }

  boolean isClosing() {
    return closing;
  }
}
