package io.causa.node.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables that look like settings and are not. They are left out, as they may be meant for
 * another program, but a misspelt setting must not go unnoticed.
 *
 * @param warnings one line for each variable, with the name that was probably meant
 * @param hint one line on all variables of Kubernetes, which are as they should be; empty if there
 *     are no such variables
 */
public record UnknownVariables(List<String> warnings, Optional<String> hint) {
  public UnknownVariables {
    warnings = List.copyOf(warnings);
  }

  /**
   * Looks for such variables.
   *
   * @param environment all variables of the process
   */
  public static UnknownVariables in(Map<String, String> environment) {
    Map<String, String> unknown = new TreeMap<>(environment);
    unknown.keySet().removeIf(name -> !KnownKeys.mayBeSetting(name));
    unknown.keySet().removeIf(name -> KnownKeys.keyOf(name).isPresent());
    Map<String, String> services = new TreeMap<>(unknown);
    services.entrySet().removeIf(e -> !ServiceVariables.contains(e.getKey(), e.getValue()));
    unknown.keySet().removeAll(services.keySet());
    return new UnknownVariables(
        unknown.keySet().stream().map(UnknownVariables::warning).toList(),
        Optional.of(List.copyOf(services.keySet()))
            .filter(names -> !names.isEmpty())
            .map(UnknownVariables::hint));
  }

  private static String warning(String name) {
    return "there is no environment variable %s, it changes nothing; did you mean %s?"
        .formatted(name, KnownKeys.nearestVariable(name));
  }

  private static String hint(List<String> names) {
    return "%s%s: set by Kubernetes for a service, not a setting; enableServiceLinks: false in the pod's spec prevents that"
        .formatted(
            names.get(0), names.size() == 1 ? "" : " and %d more".formatted(names.size() - 1));
  }
}
