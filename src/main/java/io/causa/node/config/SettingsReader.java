package io.causa.node.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Reads one YAML document of settings. A value is the text that was written, whatever YAML takes it
 * for: {@code id: no} and {@code id: 007} are names, and no numbers or truths. What YAML would
 * resolve is refused, as it would be read as something else: anchors that are used, and a second
 * document.
 */
final class SettingsReader {
  private final YAMLParser yaml;
  private final String source;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  /**
   * @param yaml stands before the first token
   * @param source where the settings come from, for people
   */
  SettingsReader(YAMLParser yaml, String source) {
    this.yaml = yaml;
    this.source = source;
  }

  /**
   * Returns the settings by their dotted paths.
   *
   * @throws ConfigException if the document is no mapping of settings
   * @throws IOException if it cannot be read, or is no YAML
   */
  Map<String, Setting> read() throws IOException {
    try {
      readDocument();
    } catch (ConfigException wrong) {
      readOn();
      throw wrong;
    }
    return settings;
  }

  /** Where the text is no YAML at all, that is what its author has to know. */
  private void readOn() throws IOException {
    JsonToken next = yaml.nextToken();
    while (next != null) {
      next = yaml.nextToken();
    }
  }

  private void readDocument() throws IOException {
    JsonToken first = yaml.nextToken();
    if (first == JsonToken.START_OBJECT) {
      readSection("");
    } else if (first != null && first != JsonToken.VALUE_NULL) {
      throw failure("expected is a mapping such as `http: {port: 5001}`");
    }
    if (yaml.nextToken() != null) {
      throw failure("there is a second document behind `---`; put all settings into one");
    }
  }

  private void readSection(String path) throws IOException {
    String prefix = path.isEmpty() ? "" : path + ".";
    while (yaml.nextToken() == JsonToken.FIELD_NAME) {
      readSetting(prefix + yaml.currentName());
    }
  }

  private void readSetting(String path) throws IOException {
    switch (yaml.nextToken()) {
      case START_OBJECT -> readSection(path);
      case START_ARRAY -> put(path, list(path));
      case VALUE_NULL -> requireSection(path);
      default -> put(path, text(path));
    }
  }

  private String list(String path) throws IOException {
    StringJoiner entries = new StringJoiner(",");
    for (JsonToken next = yaml.nextToken(); next != JsonToken.END_ARRAY; next = yaml.nextToken()) {
      if (next == null || !next.isScalarValue() || next == JsonToken.VALUE_NULL) {
        throw new ConfigException(path, path + " must be a list of plain values").from(source);
      }
      entries.add(text(path));
    }
    return entries.toString();
  }

  private String text(String path) throws IOException {
    if (yaml.isCurrentAlias()) {
      throw new ConfigException(
              path, "%s is the alias *%s; write the value itself".formatted(path, yaml.getText()))
          .from(source);
    }
    return yaml.getText();
  }

  private void put(String path, String text) {
    if (settings.put(path, new Setting(text, source)) != null) {
      throw new ConfigException(path, path + " is given twice").from(source);
    }
  }

  private void requireSection(String path) {
    if (!KnownKeys.isSection(path)) {
      KnownKeys.require(path, source);
      throw new ConfigException(path, path + " has no value").from(source);
    }
  }

  private ConfigException failure(String problem) {
    return new ConfigException(source, source + ": " + problem);
  }
}
