package io.causa.scenario;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of one part of a scenario file. Each is asked for by name; {@link #end} then finds
 * those that nobody asked for.
 */
final class Section {
  private final Path file;
  private final String what;
  private final Yaml.Fields yaml;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Path file, String what, Yaml yaml) {
    this.file = file;
    this.what = what;
    if (!(yaml instanceof Yaml.Fields fields)) {
      throw new ScenarioFormatException(
          file, yaml.line(), what + " needs fields, as in {name: value}");
    }
    this.yaml = fields;
  }

  int line() {
    return yaml.line();
  }

  /** A problem with the part as a whole. */
  ScenarioFormatException error(String problem) {
    return new ScenarioFormatException(file, line(), what + ": " + problem);
  }

  void end() {
    for (Map.Entry<String, Yaml> field : yaml.fields().entrySet()) {
      if (!known.contains(field.getKey())) {
        throw new ScenarioFormatException(
            file,
            field.getValue().line(),
            "%s has no field \"%s\"; it has %s"
                .formatted(what, field.getKey(), String.join(", ", known)));
      }
    }
  }

  Optional<Yaml> optional(String name) {
    known.add(name);
    return Optional.ofNullable(yaml.fields().get(name));
  }

  Yaml required(String name) {
    return optional(name).orElseThrow(() -> error("\"" + name + "\" is missing"));
  }

  String text(String name) {
    return textOf(name, required(name));
  }

  String text(String name, String otherwise) {
    return optional(name).map(value -> textOf(name, value)).orElse(otherwise);
  }

  Long number(String name, Long otherwise) {
    return optional(name).map(value -> numberOf(name, value)).orElse(otherwise);
  }

  int count(String name, int otherwise, int least, int most) {
    long number = number(name, (long) otherwise);
    if (number < least || number > most) {
      throw error("\"%s\" is from %,d to %,d, not %,d".formatted(name, least, most, number));
    }
    return (int) number;
  }

  Double probability(String name) {
    return optional(name).map(value -> probabilityOf(name, value)).orElse(null);
  }

  Boolean flag(String name) {
    return optional(name).map(value -> flagOf(name, value)).orElse(null);
  }

  /** One text or a list of them; none if the field is not there. */
  List<String> texts(String name) {
    return optional(name).map(value -> list(value, item -> textOf(name, item))).orElse(List.of());
  }

  /** A list, or one item that stands for a list of one. */
  <T> List<T> list(Yaml value, Function<Yaml, T> item) {
    List<Yaml> items = value instanceof Yaml.Items many ? many.items() : List.of(value);
    return items.stream().map(item).toList();
  }

  <T> Map<String, T> map(String name, Function<Yaml, T> item) {
    Map<String, T> map = new LinkedHashMap<>();
    optional(name)
        .map(value -> new Section(file, what + "'s " + name, value))
        .ifPresent(section -> section.yaml.fields().forEach((k, v) -> map.put(k, item.apply(v))));
    return map;
  }

  /** Counts by node, relative to the start of the scenario: {@code {node1: +2}}. */
  Map<String, Long> counts(String name) {
    return map(name, value -> countOf(name, value));
  }

  String textOf(String name, Yaml value) {
    if (value instanceof Yaml.Text text) {
      return text.text();
    }
    throw wrong(name, value, "is one value, not a list or fields");
  }

  private Long numberOf(String name, Yaml value) {
    String text = textOf(name, value);
    if (!text.matches("[0-9]{1,15}")) {
      throw wrong(name, value, "is a whole number from 0, not \"" + text + "\"");
    }
    return Long.valueOf(text);
  }

  private Long countOf(String name, Yaml value) {
    String text = textOf(name, value);
    if (!text.matches("\\+[0-9]{1,9}")) {
      throw wrong(
          name, value, "counts from the start of the scenario, as +1, not \"" + text + "\"");
    }
    return Long.valueOf(text.substring(1));
  }

  private Double probabilityOf(String name, Yaml value) {
    String text = textOf(name, value);
    if (!text.matches("0(\\.[0-9]+)?|1(\\.0+)?")) {
      throw wrong(name, value, "is a probability from 0 to 1, not \"" + text + "\"");
    }
    return Double.valueOf(text);
  }

  private Boolean flagOf(String name, Yaml value) {
    String text = textOf(name, value);
    if (!List.of("true", "false").contains(text)) {
      throw wrong(name, value, "is true or false, not \"" + text + "\"");
    }
    return Boolean.valueOf(text);
  }

  private ScenarioFormatException wrong(String name, Yaml value, String problem) {
    return new ScenarioFormatException(
        file, value.line(), "%s: \"%s\" %s".formatted(what, name, problem));
  }
}
