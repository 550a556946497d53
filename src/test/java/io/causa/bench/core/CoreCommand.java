package io.causa.bench.core;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code bin/bench core [PATTERN [SECONDS]]}: what the core costs an operation, in time and in
 * memory that is allocated. The second does not depend on what else the machine does.
 */
public final class CoreCommand {

  private static final String ALL = "io\\.causa\\.bench\\.core\\.";
  private static final int ROUNDS = 3;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private CoreCommand() {}

  public static void main(String[] arguments) throws RunnerException {
    String pattern = ALL + (arguments.length > 0 ? ".*" + arguments[0] : "");
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    Options options =
        new OptionsBuilder()
            .include(pattern)
            .mode(Mode.AverageTime)
            .timeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(ROUNDS)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementIterations(ROUNDS)
            .measurementTime(TimeValue.seconds(seconds))
            .addProfiler(GCProfiler.class)
            .build();
    print(new Runner(options).run());
  }

  private static void print(Collection<RunResult> results) {
    System.out.println("\n| operation | of | ns | ± | B allocated |\n|---|---|---:|---:|---:|");
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      Result<?> time = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %,.0f | %,.0f | %,.0f |%n",
          params.getBenchmark().replaceFirst(ALL, "").replaceFirst("Bench\\.", ", "),
          parameter(params),
          time.getScore(),
          time.getScoreError(),
          allocated.getScore());
    }
  }

  private static String parameter(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .map(key -> params.getParam(key) + " " + key)
        .findFirst()
        .orElse("");
  }
}
