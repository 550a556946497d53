package io.causa.bench.suite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Load at a fixed rate over HTTP, on one thread. A request counts from the moment at which it had
 * to start, also if no connection was free then, so a server that stands still is charged for all
 * that it kept waiting (no coordinated omission). The thread looks about every 0.1 ms, which is in
 * each latency.
 *
 * <p>Owner: the thread that calls {@link #run}.
 */
final class OpenLoop implements AutoCloseable {

  /** Is told of each answer. */
  interface Answered {

    /** Does nothing. */
    Answered IGNORED = (request, startNanos, answer) -> {};

    /**
     * @param request its number, from 0
     * @param startNanos when it had to start, by {@link System#nanoTime}
     */
    void answered(long request, long startNanos, OpenConnection answer);
  }

  /**
   * What a run has seen.
   *
   * @param latencies in nanoseconds
   * @param failures answers that were not 200
   * @param unanswered requests without an answer at the end
   * @param lastFailure the status of the last answer that was not 200; 0 if there is none
   */
  record Result(Histogram latencies, long failures, long unanswered, int lastFailure) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Returns how long so many percent of the answers took at most. */
    double millis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /**
     * @throws BenchException if a request failed or got no answer
     */
    Result requireComplete(String what) {
      if (failures > 0 || unanswered > 0) {
        throw new BenchException(
            "%s: %d requests failed (the last with status %d), %d got no answer"
                .formatted(what, failures, lastFailure, unanswered));
      }
      return this;
    }
  }

  private static final long PARK_NANOS = 50_000;
  private static final long LEAD_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int DIGITS = 3;
  private static final int OK = 200;

  private final Selector selector;
  private final List<OpenConnection> connections = new ArrayList<>();
  private final Deque<OpenConnection> idle = new ArrayDeque<>();
  private final Answered answered;

  /** Connects. */
  OpenLoop(int port, int count, Answered answered) throws IOException {
    this.answered = answered;
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      OpenConnection connection = new OpenConnection(new InetSocketAddress(Lab.HOST, port));
      connection.register(selector);
      connections.add(connection);
      idle.add(connection);
    }
  }

  /**
   * Sends at the rate for so many seconds, and waits for the last answer.
   *
   * @param request the bytes of the request with a number
   */
  Result run(double rate, int seconds, LongFunction<byte[]> request) throws IOException {
    Histogram latencies = new Histogram(DIGITS);
    long total = Math.round(rate * seconds);
    double gapNanos = 1e9 / rate;
    long startNanos = System.nanoTime() + LEAD_NANOS;
    long endNanos = startNanos + Math.round(total * gapNanos) + PATIENCE_NANOS;
    long sent = 0;
    long done = 0;
    long failures = 0;
    int lastFailure = 0;
    while (done < total && System.nanoTime() < endNanos) {
      boolean worked = false;
      while (sent < total && !idle.isEmpty() && dueIn(startNanos, sent, gapNanos) <= 0) {
        idle.pop().send(request.apply(sent), sent, startNanos + Math.round(sent * gapNanos));
        sent++;
        worked = true;
      }
      selector.selectNow();
      for (SelectionKey key : selector.selectedKeys()) {
        OpenConnection connection = (OpenConnection) key.attachment();
        if (connection.receive()) {
          latencies.recordValue(System.nanoTime() - connection.startNanos());
          if (connection.status() != OK) {
            failures++;
            lastFailure = connection.status();
          }
          answered.answered(connection.request(), connection.startNanos(), connection);
          idle.push(connection);
          done++;
          worked = true;
        }
      }
      selector.selectedKeys().clear();
      if (!worked) {
        LockSupport.parkNanos(PARK_NANOS);
      }
    }
    return new Result(latencies, failures, total - done, lastFailure);
  }

  private static long dueIn(long startNanos, long request, double gapNanos) {
    return startNanos + Math.round(request * gapNanos) - System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    for (OpenConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
