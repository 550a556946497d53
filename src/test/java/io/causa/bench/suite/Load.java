package io.causa.bench.suite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a load generator says about one window.
 *
 * @param rate requests in a second
 * @param requests in the window
 * @param p50Millis half of the answers came within it
 * @param p99Millis 99 % of the answers came within it
 * @param failures requests without the answer that was expected
 */
record Load(double rate, double requests, double p50Millis, double p99Millis, long failures) {

  private static final Pattern WRK =
      Pattern.compile("(?m)^RESULT (\\d+) ([\\d.]+) ([\\d.]+) (\\d+)$");
  private static final Pattern WRK_REQUESTS = Pattern.compile("(?m)^ +(\\d+) requests in ");
  private static final Pattern REDIS =
      Pattern.compile("(?m)^\"[^\"]*\",\"([\\d.]+)\"((?:,\"[\\d.]+\")*)$");
  private static final int REDIS_P50 = 2;
  private static final int REDIS_P99 = 4;

  /**
   * Reads what {@code wrk -s src/test/bench/wrk.lua} has printed.
   *
   * @throws IllegalArgumentException if that is no result
   */
  static Load ofWrk(String output) {
    Matcher result = WRK.matcher(output);
    Matcher requests = WRK_REQUESTS.matcher(output);
    if (!result.find() || !requests.find()) {
      throw new IllegalArgumentException("wrk printed no result: " + output);
    }
    return new Load(
        Double.parseDouble(result.group(1)),
        Double.parseDouble(requests.group(1)),
        Double.parseDouble(result.group(2)),
        Double.parseDouble(result.group(3)),
        Long.parseLong(result.group(4)));
  }

  /**
   * Reads what the load programs of this project answer: {@code requests/s requests p50-ms p99-ms
   * failures}.
   */
  static Load ofNumbers(String answer) {
    String[] numbers = answer.split(" ");
    return new Load(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]),
        Double.parseDouble(numbers[3]),
        Long.parseLong(numbers[4]));
  }

  /**
   * Reads what {@code redis-benchmark --csv} has printed for one command.
   *
   * @param requests how many it was told to send
   * @throws IllegalArgumentException if that is no result
   */
  static Load ofRedis(String output, long requests) {
    Matcher result = REDIS.matcher(output);
    if (!result.find()) {
      throw new IllegalArgumentException("redis-benchmark printed no result: " + output);
    }
    String[] latencies = result.group(2).replace("\"", "").replaceFirst("^,", "").split(",");
    boolean told = latencies.length > REDIS_P99;
    return new Load(
        Double.parseDouble(result.group(1)),
        requests,
        told ? Double.parseDouble(latencies[REDIS_P50]) : Double.NaN,
        told ? Double.parseDouble(latencies[REDIS_P99]) : Double.NaN,
        0);
  }
}
