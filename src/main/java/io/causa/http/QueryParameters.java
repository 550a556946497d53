package io.causa.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a query, each decoded strictly; names that a path does not know are refused.
 */
final class QueryParameters {

  private static final QueryParameters NONE = new QueryParameters(Map.of());
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int MOST_PARAMETERS = 10_100;

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * @param query what stands behind the {@code ?}; null if there is none
   * @throws ProblemException if it is malformed
   */
  static QueryParameters of(String query) {
    return query == null || query.isEmpty() ? NONE : parse(query);
  }

  private static QueryParameters parse(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : query.split("&", MOST_PARAMETERS)) {
      int at = pair.indexOf('=');
      if (at < 0) {
        throw wrong("\"%s\" is no name=value".formatted(Excerpt.of(pair)), pair);
      }
      String name = PercentText.decode(pair.substring(0, at), true);
      String value = PercentText.decode(pair.substring(at + 1), true);
      values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }
    return new QueryParameters(values);
  }

  /**
   * @throws ProblemException if there is a parameter of another name
   */
  QueryParameters allowOnly(Set<String> names) {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        String known = names.isEmpty() ? "takes none" : "takes " + String.join(", ", names);
        throw wrong(
            "there is no parameter \"%s\"; this path %s".formatted(Excerpt.of(name), known), name);
      }
    }
    return this;
  }

  /** The values of a parameter that may be repeated; empty if it is absent. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * @throws ProblemException if the parameter is given twice
   */
  Optional<String> one(String name) {
    List<String> given = all(name);
    if (given.size() > 1) {
      throw wrong("\"%s\" is given %d times".formatted(name, given.size()), name);
    }
    return given.stream().findFirst();
  }

  /**
   * @throws ProblemException if the parameter is absent or given twice
   */
  String required(String name) {
    return one(name).orElseThrow(() -> wrong("\"%s\" is missing".formatted(name), name));
  }

  /**
   * @throws ProblemException if the parameter is no whole number from 1 to {@code most}
   */
  int positive(String name, int otherwise, int most, String limitName) {
    Optional<String> text = one(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    int number = WHOLE_NUMBER.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
    if (number >= 1 && number <= most) {
      return number;
    }
    throw wrong(
        "\"%s\" is a whole number from 1 to %d (%s), not \"%s\""
            .formatted(name, most, limitName, Excerpt.of(text.get())),
        name);
  }

  private static ProblemException wrong(String detail, String parameter) {
    return new ProblemException(
        new Problem(ProblemType.BAD_PARAMETER, detail).with("parameter", Excerpt.of(parameter)));
  }
}
