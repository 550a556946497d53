package io.causa.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the text of a host tells without asking anybody: nothing is resolved. */
public final class HostName {

  private static final String LOCALHOST = "localhost";
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?");
  private static final Pattern IPV6_LOOPBACK = Pattern.compile("(0{0,4}:){2,7}0{0,3}1");

  private HostName() {}

  /**
   * Returns whether only this machine reaches a listener at that host. A name other than {@code
   * localhost} may mean any address, so it does not count.
   */
  public static boolean isLoopback(String host) {
    String bare = bare(host);
    return isLocalhost(bare)
        || IPV4.matcher(bare).matches() && bare.startsWith("127.")
        || IPV6_LOOPBACK.matcher(bare).matches();
  }

  /** Returns whether it is an IP address, and no name that a DNS server could tell. */
  static boolean isAddress(String host) {
    String bare = bare(host);
    return IPV4.matcher(bare).matches() || IPV6.matcher(bare).matches();
  }

  /** Browsers and resolvers never ask a DNS server for these. */
  static boolean isLocalhost(String bare) {
    return bare.equals(LOCALHOST) || bare.endsWith("." + LOCALHOST);
  }

  /** Returns the host in lower case, without the brackets of IPv6 and without a final dot. */
  static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[") && lower.endsWith("]")) {
      return lower.substring(1, lower.length() - 1);
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
