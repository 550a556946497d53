package io.causa.node.config;

import java.util.Comparator;

/**
 * A TCP endpoint as the operator wrote it: a host name or address, and a port. Endpoints are
 * ordered by host, then port, so that all nodes with the same contact list agree on which contact
 * is the first.
 *
 * @param host a host name, an IPv4 address or an IPv6 address (without brackets)
 * @param port 1..65535
 */
public record Endpoint(String host, int port) implements Comparable<Endpoint> {
  private static final Comparator<Endpoint> BY_HOST_THEN_PORT =
      Comparator.comparing(Endpoint::host).thenComparingInt(Endpoint::port);

  public Endpoint {
    Check.notBlank("host", host, "a host or an address");
    Check.range("port", port, 1, 65535);
  }

  /**
   * Reads {@code host:port}, {@code [ipv6]:port} or a bare host.
   *
   * @param key the setting the text belongs to, for the message
   * @throws ConfigException if the text is none of these
   */
  static Endpoint parse(String key, String text, int defaultPort) {
    try {
      int colon = text.lastIndexOf(':');
      boolean bare = colon < 0 || text.endsWith("]");
      String host = bare ? text : text.substring(0, colon);
      int port = bare ? defaultPort : Integer.parseInt(text.substring(colon + 1));
      return new Endpoint(withoutBrackets(host), port);
    } catch (IllegalArgumentException notAnEndpoint) {
      String message =
          "%s contains \"%s\", expected is host:port with a port in 1..65535".formatted(key, text);
      ConfigException failure = new ConfigException(key, message);
      failure.initCause(notAnEndpoint);
      throw failure;
    }
  }

  private static String withoutBrackets(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 address needs brackets: " + host);
    }
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public int compareTo(Endpoint other) {
    return BY_HOST_THEN_PORT.compare(this, other);
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
