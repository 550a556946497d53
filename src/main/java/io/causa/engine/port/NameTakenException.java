package io.causa.engine.port;

/**
 * Another node that was started earlier lives under this one's name. The operator has to end that;
 * it is no defect of the program, so the exception carries no stack trace.
 */
public final class NameTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NameTakenException(String message) {
    super(message, null, false, false);
  }
}
