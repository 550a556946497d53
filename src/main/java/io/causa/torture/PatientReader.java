package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.Ask;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One session that only reads, carries its context, stays with a node while that serves it, and
 * otherwise tries the next one until it is served: what an outage is to a client that retries.
 */
final class PatientReader implements Callable<Void> {
  private static final long INTERVAL_MILLIS = 20;
  private static final long ATTEMPT_MILLIS = 500;

  private final List<Fleet.Node> nodes;
  private final int keys;
  private final Random random;
  private final CountDownLatch end;
  private int at;
  private String context;
  private volatile long longestNanos;

  /**
   * @param home the node that it begins with
   */
  PatientReader(List<Fleet.Node> nodes, int home, int keys, Random random, CountDownLatch end) {
    this.nodes = nodes;
    this.at = home;
    this.keys = keys;
    this.random = random;
    this.end = end;
  }

  /** The longest time from the first try of a read to its answer; from any thread. */
  long longestNanos() {
    return longestNanos;
  }

  @Override
  public Void call() throws InterruptedException {
    while (!end.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
      read(OperationGenerator.key(random.nextInt(keys)));
    }
    return null;
  }

  private void read(String key) throws InterruptedException {
    long start = System.nanoTime();
    while (!isServed(key)) {
      at = (at + 1) % nodes.size();
      longestNanos = Math.max(longestNanos, System.nanoTime() - start);
      if (end.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    longestNanos = Math.max(longestNanos, System.nanoTime() - start);
  }

  private boolean isServed(String key) throws InterruptedException {
    Ask ask = Ask.PLAIN.withContext(context).withWaitSeconds(0);
    Answer late = new Answer.Unreachable("no answer in time", false);
    Answer answer =
        Waiting.result(
            nodes
                .get(at)
                .client()
                .get(key, ask)
                .timeout(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(late));
    boolean served = answer instanceof Answer.Found || answer instanceof Answer.Absent;
    if (served && answer.marks().context() != null) {
      context = answer.marks().context();
    }
    return served;
  }
}
