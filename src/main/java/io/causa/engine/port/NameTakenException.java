package io.causa.engine.port;

/**
 * Another node that was started earlier lives under this one's name. That is for whoever started
 * them, and nobody's defect, so it carries no stack trace.
 */
public final class NameTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NameTakenException(String message) {
    super(message, null, false, false);
  }
}
