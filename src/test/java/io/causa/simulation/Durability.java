package io.causa.simulation;

/** What a simulated directory promises. */
enum Durability {
  /** A commit that completed survives everything but the loss of the directory. */
  FSYNC,
  /** A commit that completed survives the process; a loss of power takes up to a second of them. */
  BUFFERED,
  /** Nothing survives the process: every start is a new generation. */
  MEMORY
}
