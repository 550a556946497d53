package io.causa.node;

/**
 * The node is no member of its cluster any more, because somebody forgot it or another generation
 * took its name. That is nobody's defect, so it carries no stack trace.
 */
public final class ExpelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ExpelledException(String message) {
    super(message, null, false, false);
  }
}
