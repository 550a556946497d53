package io.causa.engine.port;

/**
 * The node is no member of its cluster any more, because somebody forgot it or another generation
 * took its name. That is nobody's defect, so it carries no stack trace.
 */
public final class ExpelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ExpelledException(String message) {
    super(message, null, false, false);
  }
}
