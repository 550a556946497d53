package io.causa.node.port;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory this JVM may use.
 *
 * @param heapBytes the largest heap ({@code -Xmx})
 * @param directBytes the most for network buffers outside it ({@code -XX:MaxDirectMemorySize};
 *     without it, as much as the heap)
 */
public record ProcessMemory(long heapBytes, long directBytes) {

  private static final Pattern DIRECT =
      Pattern.compile("-XX:MaxDirectMemorySize=(\\d{1,12})([kmgtKMGT]?)");
  private static final String UNITS = "kmgt";
  private static final int BITS_PER_UNIT = 10;

  /** Returns the bounds of this process. */
  public static ProcessMemory ofThisJvm() {
    return of(
        Runtime.getRuntime().maxMemory(), ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /**
   * Returns the bounds of a JVM.
   *
   * @param heapBytes its largest heap
   * @param flags what it was started with; the last of several counts
   */
  static ProcessMemory of(long heapBytes, List<String> flags) {
    long directBytes = 0;
    for (String flag : flags) {
      Matcher direct = DIRECT.matcher(flag);
      if (direct.matches()) {
        directBytes = bytes(direct);
      }
    }
    return new ProcessMemory(heapBytes, directBytes == 0 ? heapBytes : directBytes);
  }

  private static long bytes(Matcher direct) {
    int unit =
        direct.group(2).isEmpty() ? 0 : UNITS.indexOf(direct.group(2).toLowerCase(Locale.ROOT)) + 1;
    return Long.parseLong(direct.group(1)) << unit * BITS_PER_UNIT;
  }
}
