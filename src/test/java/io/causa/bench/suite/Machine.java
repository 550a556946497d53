package io.causa.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/** Where a run took place: what its figures depend on. No names of machines. */
final class Machine {

  private static final double KIB_PER_GIB = 1 << 20;

  private Machine() {}

  /** Returns one line. */
  static String describe(boolean quick) {
    return String.format(
        Locale.ROOT,
        "%s · %d × %s · %.0f GiB · Linux %s · Java %s · load before: %s%s",
        LocalDate.now(),
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        Double.parseDouble(field("/proc/meminfo", "MemTotal").split(" ")[0]) / KIB_PER_GIB,
        System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
        System.getProperty("java.version"),
        first("/proc/loadavg"),
        quick ? " · the quick form: ratios are rough" : "");
  }

  private static String field(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException none) {
      return "0 unknown";
    }
  }

  private static String first(String file) {
    try {
      return Files.readString(Path.of(file)).split(" ")[0];
    } catch (IOException none) {
      return "unknown";
    }
  }
}
