package io.causa.engine.port;

/**
 * The node has renounced its identity, because its data is an older copy of itself, or its
 * generation is one that has ended. That is noted in its data: started again, it is a new
 * generation that lacks nothing.
 */
public final class RenouncedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long least;

  public RenouncedException(String message) {
    this(message, 0);
  }

  /**
   * @param least the least generation that the next start may take; 0 if any later one may
   */
  public RenouncedException(String message, long least) {
    super(message);
    this.least = least;
  }

  /** Returns the least generation that the next start may take, if its data does not say so. */
  public long least() {
    return least;
  }
}
