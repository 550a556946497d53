package io.causa.engine;

/**
 * How much one turn of a loop takes at the most, of each mailbox. It bounds how long the other
 * loops of a thread wait, and how much shares one commit.
 *
 * @param inputs how many inputs, at least 1
 * @param bytes after how many bytes no further input is taken
 */
public record TurnLimits(int inputs, long bytes) {

  /** The limits of a node: a full turn takes about a millisecond. */
  public static final TurnLimits USUAL = new TurnLimits(256, 1 << 20);

  public TurnLimits {
    if (inputs < 1 || bytes < 0) {
      throw new IllegalArgumentException("a turn of " + inputs + " inputs and " + bytes + " bytes");
    }
  }
}
