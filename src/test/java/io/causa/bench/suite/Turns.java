package io.causa.bench.suite;

import io.causa.bench.suite.Rounds.Turn;
import java.util.concurrent.atomic.AtomicReference;

/** The turns that several benchmarks have. */
final class Turns {

  private static final double FIRST_GUESS = 20_000;

  private Turns() {}

  /** Loads a server over HTTP as fast as the usual connections can. */
  static Turn http(Wrk wrk, String name, Server server, int port, String method) {
    return new Turn(name, server, seconds -> wrk.run(port, method, seconds));
  }

  /** Loads Redis with SET as fast as as many connections can. */
  static Turn redis(String name, Redis redis) {
    AtomicReference<Double> rate = new AtomicReference<>(FIRST_GUESS);
    return new Turn(
        name,
        redis,
        seconds -> {
          Load load = redis.set(Wrk.CONNECTIONS, seconds, rate.get());
          rate.set(load.rate());
          return load;
        });
  }
}
