package io.causa.simulation.check;

/**
 * Names a write.
 *
 * @param origin the replica in full, {@code name.generation}
 * @param sequence its place among the origin's writes
 */
public record Name(String origin, long sequence) {
  @Override
  public String toString() {
    return origin + ":" + sequence;
  }
}
