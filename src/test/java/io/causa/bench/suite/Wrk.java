package io.causa.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Closed-loop load over HTTP: Debian's {@code wrk}, without pipelining. */
record Wrk(Lab lab) {

  static final int KEYS = 1000;
  static final int VALUE_BYTES = 100;
  static final int CONNECTIONS = 64;

  static void requireInstalled() {
    if (Lab.find("wrk").isEmpty()) {
      throw new BenchException("there is no wrk: apt-get install wrk");
    }
  }

  /**
   * Loads one server.
   *
   * @param threads of wrk
   * @throws BenchException if a request failed
   */
  Load run(int port, int threads, int connections, String method, int keys, int seconds) {
    List<String> command =
        List.of(
            "wrk",
            "-t" + threads,
            "-c" + connections,
            "-d" + seconds + "s",
            "-s",
            lab.home().resolve("src/test/bench/wrk.lua").toString(),
            "http://" + Lab.HOST + ":" + port,
            "--",
            method,
            Integer.toString(keys),
            Integer.toString(VALUE_BYTES));
    Load load = Load.ofWrk(lab.run("wrk", command));
    if (load.failures() > 0) {
      throw new BenchException(
          "%d requests of %s at port %d failed".formatted(load.failures(), method, port));
    }
    return load;
  }

  /** Loads one server with the usual connections and keys. */
  Load run(int port, String method, int seconds) {
    return run(port, 2, CONNECTIONS, method, KEYS, seconds);
  }

  /**
   * Loads several servers at once, with the usual connections in all.
   *
   * @return the rate of all together
   */
  Load runAll(List<Integer> ports, String method, int seconds) {
    int connections = (CONNECTIONS + ports.size() - 1) / ports.size();
    List<CompletableFuture<Load>> loads = new ArrayList<>();
    for (int port : ports) {
      loads.add(
          CompletableFuture.supplyAsync(
              () -> run(port, 1, connections, method, KEYS, seconds),
              task -> new Thread(task).start()));
    }
    List<Load> all = loads.stream().map(CompletableFuture::join).toList();
    return new Load(
        all.stream().mapToDouble(Load::rate).sum(),
        all.stream().mapToDouble(Load::requests).sum(),
        Double.NaN,
        Double.NaN,
        0);
  }
}
