package io.causa.engine.port;

/**
 * The data of the node holds writes that its cluster has given up: no start may use the data. That
 * is no defect of the node, so it carries no stack trace.
 */
public final class GivenUpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public GivenUpException(String message) {
    super(message, null, false, false);
  }
}
