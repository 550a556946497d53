package io.causa.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the headers of an answer say beside its body.
 *
 * @param context the token to carry to the next request, to any node; null if the answer had none
 * @param version the dot of the version read or written, as {@code node1:17}; null if the answer
 *     had none
 * @param clock the node's clock, as {@code node1=17, node2=4}; null if the answer had none
 * @param fullVersion the same version as {@code node1.k3j9:17}, from the entity tag: a bare name
 *     may mean another generation later, this means the same forever; null if the answer had none
 * @param lost which writes of the context that was sent were lost with their node, as {@code
 *     node2.k3j9=5}: up to that one the context had seen its writes; null if the answer named none
 */
public record Marks(String context, String version, String clock, String fullVersion, String lost) {
  /** The marks of no answer at all. */
  public static final Marks NONE = new Marks(null, null, null);

  /** The marks of an answer without an entity tag. */
  public Marks(String context, String version, String clock) {
    this(context, version, clock, null, null);
  }

  /** The marks of an answer that names no lost writes. */
  public Marks(String context, String version, String clock, String fullVersion) {
    this(context, version, clock, fullVersion, null);
  }

  /** The node's clock as counts by node, in the order of the header; null if there was none. */
  public Map<String, Long> counts() {
    return clock == null ? null : counts(clock);
  }

  /**
   * A clock that is written as {@code node1=17, node2=4}, as counts by node.
   *
   * @throws IllegalArgumentException if it is not written so
   */
  public static Map<String, Long> counts(String clock) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String entry : clock.split(",")) {
      int equals = entry.indexOf('=');
      if (equals >= 0) {
        counts.put(entry.substring(0, equals).strip(), number(entry.substring(equals + 1), clock));
      } else if (!entry.isBlank()) {
        throw new IllegalArgumentException("no clock such as node1=17, node2=4: " + clock);
      }
    }
    return counts;
  }

  private static long number(String text, String clock) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("a count is no number in the clock " + clock, wrong);
    }
  }
}
