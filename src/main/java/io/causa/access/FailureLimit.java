package io.causa.access;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the wrong tokens of each address within a window of time. Its table is bounded: beyond
 * {@value #MOST_ADDRESSES} the address that failed first is forgotten.
 *
 * <p>A right token passes from every address, also from one beyond the limit: behind a proxy all
 * clients share an address, and nobody there shall lock out the others.
 *
 * <p>Any thread.
 */
public final class FailureLimit {

  /** The most addresses that are remembered. */
  static final int MOST_ADDRESSES = 10_000;

  private static final long MILLIS_PER_SECOND = 1000;
  private static final int GROUPS_OF_NETWORK = 4;

  private record Failures(long sinceMillis, int count) {}

  private final Map<String, Failures> byAddress = new LinkedHashMap<>();
  private final int limit;
  private final long windowMillis;

  /**
   * @param limit how many failures of an address pass within the window
   * @param windowMillis how long the window is, in milliseconds
   */
  public FailureLimit(int limit, long windowMillis) {
    this.limit = limit;
    this.windowMillis = windowMillis;
  }

  /**
   * Counts a failure.
   *
   * @param address of the client; of IPv6 its network of 64 bits counts, which one client has whole
   * @return after how many seconds the address may try again; 0 if it is within the limit
   */
  public synchronized long failed(String address, long nowMillis) {
    String source = network(address);
    Failures before = byAddress.get(source);
    boolean fresh = before == null || nowMillis - before.sinceMillis >= windowMillis;
    if (fresh) {
      byAddress.remove(source);
    }
    Failures now =
        fresh
            ? new Failures(nowMillis, 1)
            : new Failures(before.sinceMillis, Math.min(before.count, limit) + 1);
    byAddress.put(source, now);
    if (byAddress.size() > MOST_ADDRESSES) {
      forgetFirst();
    }
    return now.count <= limit ? 0 : seconds(now.sinceMillis + windowMillis - nowMillis);
  }

  private void forgetFirst() {
    Iterator<String> first = byAddress.keySet().iterator();
    first.next();
    first.remove();
  }

  private static long seconds(long millis) {
    return Math.max(1, (millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
  }

  /** An IPv6 address has eight groups here, none of them left out. */
  private static String network(String address) {
    String[] groups = address.split(":");
    if (groups.length <= GROUPS_OF_NETWORK) {
      return address;
    }
    return String.join(":", Arrays.copyOf(groups, GROUPS_OF_NETWORK));
  }
}
