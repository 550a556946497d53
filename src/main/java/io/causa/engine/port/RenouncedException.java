package io.causa.engine.port;

/**
 * The node has renounced its identity, because its data is an older copy of itself, and that is
 * noted in its data: started again, it is a new generation that lacks nothing.
 */
public final class RenouncedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RenouncedException(String message) {
    super(message);
  }
}
