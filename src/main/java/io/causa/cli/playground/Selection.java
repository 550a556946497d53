package io.causa.cli.playground;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the running clusters a command is about.
 *
 * @param name the name it was given; null for any
 * @param port an HTTP port of one of its nodes; null for any
 */
public record Selection(String name, Integer port) {
  /** No cluster fits. */
  public static final class NoneException extends Exception {
    private static final long serialVersionUID = 1L;

    NoneException(String message) {
      super(message);
    }
  }

  /** More than one fits. */
  public static final class AmbiguousException extends Exception {
    private static final long serialVersionUID = 1L;

    AmbiguousException(String message) {
      super(message);
    }
  }

  /** Those that fit. */
  public List<Playground> among(List<Playground> running) {
    Predicate<Playground> named = one -> name == null || one.name().equals(name);
    return running.stream().filter(named.and(one -> port == null || one.serves(port))).toList();
  }

  /**
   * The only one that fits.
   *
   * @throws NoneException if there is none; the message tells those that there are
   * @throws AmbiguousException if there are several; the message lists them
   */
  public Playground only(List<Playground> running) throws NoneException, AmbiguousException {
    if (running.isEmpty()) {
      throw new NoneException(
          "no cluster runs on this machine. `bin/causa cluster` starts one of three nodes.");
    }
    List<Playground> fitting = among(running);
    if (fitting.isEmpty()) {
      throw new NoneException("no cluster with %s runs. %s".formatted(words(), listed(running)));
    }
    if (fitting.size() > 1) {
      throw new AmbiguousException(
          "several clusters run; choose one with --name or --port. " + listed(fitting));
    }
    return fitting.get(0);
  }

  private String words() {
    String byName = name == null ? "" : " --name " + name;
    return (byName + (port == null ? "" : " --port " + port)).strip();
  }

  private static String listed(List<Playground> clusters) {
    return clusters.stream()
        .map(Playground::toString)
        .collect(Collectors.joining(", ", "Running: ", "."));
  }
}
