package io.causa.node.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells the variables that Kubernetes sets in every pod for each service of the namespace. A
 * service with the name {@code causa} brings {@code CAUSA_SERVICE_HOST}, {@code
 * CAUSA_PORT=tcp://10.0.0.1:5001} and more, which are not meant for Causa.
 */
final class ServiceVariables {
  private static final Pattern NAME =
      Pattern.compile(
          ".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)");

  private static final String PORT = "_PORT";
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ServiceVariables() {}

  /** Returns whether Kubernetes sets this variable for a service. */
  static boolean contains(String name, String text) {
    return NAME.matcher(name).matches() || isAddress(name, text);
  }

  /**
   * Returns the source of a setting, for messages. {@code CAUSA_HTTP_PORT} is a setting and, with a
   * service {@code causa-http}, a variable of Kubernetes: then the source says how to avoid that.
   */
  static String source(String name, String text) {
    String variable = "environment variable " + name;
    return isAddress(name, text)
        ? "%s, which Kubernetes sets for a service \"%s\"; enableServiceLinks: false in the pod's spec prevents that"
            .formatted(variable, service(name))
        : variable;
  }

  private static boolean isAddress(String name, String text) {
    return name.endsWith(PORT) && ADDRESS.matcher(text).matches();
  }

  private static String service(String name) {
    String service = name.substring(0, name.length() - PORT.length());
    return service.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
