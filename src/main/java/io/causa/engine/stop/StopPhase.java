package io.causa.engine.stop;

/**
 * The steps of an orderly stop, in their order. Each has to be over by its share of the one
 * deadline ({@code node.stopMillis}); time that a step leaves goes to the next.
 */
public enum StopPhase {
  /** Serves on, while {@code /health/ready} answers 503 and load balancers turn away. */
  DRAIN(10),
  /** HTTP takes no more connections; the requests under way are answered. */
  REQUESTS(40),
  /** Own writes reach the live peers. */
  PUSH(60),
  /** The verticles end, so the cluster sends nothing here any more. */
  SILENCE(70),
  /** The last commits are durable, and the directory is free. */
  STORAGE(85),
  /** The cluster is left. Last, because it is the step that others may hold up. */
  LEAVE(95);

  private final int percent;

  StopPhase(int percent) {
    this.percent = percent;
  }

  /** Whether only a node that serves clients has to take it. */
  public boolean isForClients() {
    return this == DRAIN || this == PUSH;
  }

  /** By when the step must be over, in per cent of the whole time. */
  public int percent() {
    return percent;
  }
}
