package io.causa.scenario;

import java.nio.file.Path;

/**
 * Checks names of nodes in one file: they are places, {@code node1} to the number of nodes that the
 * scenario asks for.
 */
record NodeNames(Path file, int nodes) {
  String one(Yaml yaml) {
    String name = yaml instanceof Yaml.Text text ? text.text() : "";
    if (!isPlace(name)) {
      throw new ScenarioFormatException(
          file,
          yaml.line(),
          "a node is named by its place, node1 to node%d, not \"%s\"".formatted(nodes, name));
    }
    return name;
  }

  String one(Section section, String field) {
    return one(section.required(field));
  }

  /** Null for {@code *} and for no field at all. */
  String oneOrAll(Section section, String field) {
    return section
        .optional(field)
        .filter(yaml -> !(yaml instanceof Yaml.Text text && text.text().equals("*")))
        .map(this::one)
        .orElse(null);
  }

  private boolean isPlace(String name) {
    return name.matches("node[1-9][0-9]{0,3}") && Cluster.placeOf(name) <= nodes;
  }
}
