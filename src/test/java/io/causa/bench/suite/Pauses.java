package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the JVM of a node stands still with 1,000,000 keys while one of three nodes is written
 * to as fast as it can. With {@code JAVA25} in the environment, on that JDK, too.
 */
final class Pauses implements Benchmark {

  private static final int KEYS = 1_000_000;
  private static final int WARM_UP_SECONDS = 15;
  private static final int SECONDS = 20;
  private static final double SHARE = 0.999;
  private static final int TARGET_FEATURE = 25;

  @Override
  public String name() {
    return "pauses";
  }

  @Override
  public List<String> targets() {
    return List.of("pauses");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    Map<Integer, Path> jdks = jdks();
    if (!jdks.containsKey(TARGET_FEATURE)) {
      findings.skip("pauses", "needs JAVA25, the home of a JDK 25");
    }
    List<List<String>> rows = new ArrayList<>();
    jdks.forEach((feature, home) -> rows.add(measure(lab, findings, feature, home)));
    findings.add(
        new Table(
            "Safepoints of a node of three, 1,000,000 keys, PUT at full speed for %d s"
                .formatted(SECONDS),
            List.of(
                "JDK", "stops", "p50, ms", "p99.9, ms", "most, ms", "share of the time", "PUT/s"),
            rows));
  }

  private static Map<Integer, Path> jdks() {
    Map<Integer, Path> jdks = new LinkedHashMap<>();
    jdks.put(Runtime.version().feature(), Lab.jdk());
    String other = System.getenv("JAVA25");
    if (other != null && !other.isBlank()) {
      jdks.put(TARGET_FEATURE, Path.of(other));
    }
    return jdks;
  }

  /** The first call of {@code bin/causa} with a JDK archives its classes, for all that follow. */
  private static List<String> measure(Lab lab, Findings findings, int feature, Path jdk) {
    lab.run(
        "bin/causa",
        lab.nodeVariables(jdk, ""),
        List.of(lab.home() + "/bin/causa", "cluster", "--help"));
    Path log = lab.scratch().resolve("safepoints-" + feature + ".log");
    String flags = "-Xlog:safepoint:file=" + log;
    try (CausaNodes causa =
        CausaNodes.start(lab, "three nodes on " + feature, 3, jdk, flags, "--memory")) {
      ManyKeys.fill(causa.port(0), KEYS);
      Wrk wrk = new Wrk(lab);
      wrk.run(causa.port(0), 2, Wrk.CONNECTIONS, "PUT", KEYS, WARM_UP_SECONDS);
      int before = lines(log).size();
      Load load = wrk.run(causa.port(0), 2, Wrk.CONNECTIONS, "PUT", KEYS, SECONDS);
      List<String> all = lines(log);
      List<Double> stops = Safepoints.millis(all.subList(before, all.size()));
      if (stops.isEmpty()) {
        throw new BenchException("the JVM has told of no safepoint in " + log);
      }
      double most = Safepoints.quantile(stops, 1);
      double p999 = Safepoints.quantile(stops, SHARE);
      lab.say("  JDK %d: %d stops, p99.9 %.2f ms, most %.2f ms", feature, stops.size(), p999, most);
      if (feature == TARGET_FEATURE) {
        findings.reach("pauses", new Spread(p999, p999, most));
      }
      double stoodMillis = stops.stream().mapToDouble(Double::doubleValue).sum();
      return List.of(
          Integer.toString(feature),
          Integer.toString(stops.size()),
          Spread.text(Safepoints.quantile(stops, 0.5)),
          Spread.text(p999),
          Spread.text(most),
          "%.1f %%".formatted(stoodMillis / (SECONDS * 10)),
          Spread.text(load.rate()));
    }
  }

  private static List<String> lines(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
