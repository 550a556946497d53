package io.causa.http;

/**
 * Ends a request early with a problem. Parsers throw it, {@link Dispatcher} turns it into the
 * answer; it never leaves this package.
 *
 * <p>It is no error of the node, so it carries no stack trace.
 */
final class Refusal extends RuntimeException {

  private final transient Problem problem;
  private final boolean closing;

  private Refusal(Problem problem, boolean closing) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.closing = closing;
  }

  Refusal(Problem problem) {
    this(problem, false);
  }

  Refusal(ProblemType type, String detail) {
    this(new Problem(type, detail), false);
  }

  /** A refusal after which nothing more is read from the connection. */
  static Refusal closing(Problem problem) {
    return new Refusal(problem, true);
  }

  Problem problem() {
    return problem;
  }

  boolean isClosing() {
    return closing;
  }
}
