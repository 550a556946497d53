package io.causa.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A piece of a YAML file that remembers its line, so that every error can name it. Scalars stay
 * text: {@code +1} and {@code 010} mean what they say.
 */
sealed interface Yaml {
  int line();

  record Text(int line, String text) implements Yaml {}

  record Items(int line, List<Yaml> items) implements Yaml {}

  record Fields(int line, Map<String, Yaml> fields) implements Yaml {}

  /**
   * Reads one document.
   *
   * @throws ScenarioFormatException if the text is not YAML
   */
  static Yaml parse(Path file, String text) throws IOException {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new ScenarioFormatException(file, 1, "the file is empty");
      }
      return new Reader(file, parser).node();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new ScenarioFormatException(
          file, line, "this is not YAML: " + onOneLine(e.getOriginalMessage()));
    }
  }

  /** The parser repeats place and text on indented lines. */
  private static String onOneLine(String message) {
    return message.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
  }

  /** Goes through the tokens once. */
  record Reader(Path file, JsonParser parser) {
    private Yaml node() throws IOException {
      int line = line();
      return switch (parser.currentToken()) {
        case START_OBJECT -> new Fields(line, fields());
        case START_ARRAY -> new Items(line, items());
        default ->
            new Text(line, parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText());
      };
    }

    private int line() {
      return parser.currentTokenLocation().getLineNr();
    }

    private Map<String, Yaml> fields() throws IOException {
      Map<String, Yaml> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        int line = line();
        parser.nextToken();
        if (fields.put(name, node()) != null) {
          throw new ScenarioFormatException(file, line, "\"" + name + "\" stands here twice");
        }
      }
      return fields;
    }

    private List<Yaml> items() throws IOException {
      List<Yaml> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node());
      }
      return items;
    }
  }
}
