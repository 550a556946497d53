package io.causa.torture;

/**
 * How a cluster is tortured.
 *
 * @param seed from which the load and the faults are drawn
 * @param loadMillis how long load and faults last
 * @param durable whether the nodes keep on disk what they acknowledge; otherwise a node that ends
 *     forgets everything
 * @param operationsPerSecond what all clients together aim at, 1 to 5,000
 * @param clients how many requests may be under way at once, 1 to 64
 * @param keys on how many keys, 1 to 1,000
 */
public record TortureOptions(
    long seed, long loadMillis, boolean durable, int operationsPerSecond, int clients, int keys) {
  /** A few hundred requests a second on a few dozen keys. */
  public static TortureOptions of(long seed, long loadMillis, boolean durable, int rate) {
    return new TortureOptions(seed, loadMillis, durable, rate, 32, 48);
  }

  public TortureOptions {
    check("seconds", loadMillis / 1000, 1, 86_400);
    check("operations per second", operationsPerSecond, 1, 5_000);
    check("clients", clients, 1, 64);
    check("keys", keys, 1, 1_000);
  }

  private static void check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %,d, allowed is %,d to %,d".formatted(what, value, least, most));
    }
  }
}
