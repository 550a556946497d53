package io.causa.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Reads a YAML file into dotted paths. A section without content says nothing; a key given twice is
 * an error.
 */
final class YamlSettings {
  private static final String PACKAGED = "causa.yaml";
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final String source;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(String source) {
    this.source = source;
  }

  /** The defaults that the jar carries. */
  static Map<String, Setting> packaged() {
    String source = "packaged " + PACKAGED;
    try (InputStream in = YamlSettings.class.getClassLoader().getResourceAsStream(PACKAGED)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + PACKAGED + ", which holds the defaults");
      }
      return read(in, source);
    } catch (IOException unreadable) {
      throw new IllegalStateException("cannot read the " + source, unreadable);
    }
  }

  /**
   * @throws ConfigException if the file cannot be read or is not a mapping of settings
   */
  static Map<String, Setting> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, "file " + file);
    } catch (IOException unreadable) {
      throw failure("file " + file, "cannot read it: " + reason(unreadable), unreadable);
    }
  }

  private static Map<String, Setting> read(InputStream in, String source) throws IOException {
    YamlSettings reader = new YamlSettings(source);
    JsonNode root = YAML.readTree(in);
    if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
      throw failure(source, "expected is a mapping such as `http: {port: 5001}`", null);
    }
    reader.flatten("", root);
    return reader.settings;
  }

  private void flatten(String path, JsonNode node) {
    String prefix = path.isEmpty() ? "" : path + ".";
    if (node.isObject()) {
      node.properties().forEach(field -> flatten(prefix + field.getKey(), field.getValue()));
    } else if (node.isArray()) {
      settings.put(path, new Setting(joined(path, node), source));
    } else if (!node.isNull() && !node.isMissingNode()) {
      settings.put(path, new Setting(node.asText(), source));
    } else if (!KnownKeys.isSection(path)) {
      KnownKeys.require(path, source);
      throw new ConfigException(path, path + " has no value").from(source);
    }
  }

  private String joined(String path, JsonNode list) {
    StringJoiner text = new StringJoiner(",");
    for (JsonNode entry : list) {
      if (!entry.isValueNode()) {
        throw new ConfigException(path, path + " must be a list of plain values").from(source);
      }
      text.add(entry.asText());
    }
    return text.toString();
  }

  private static ConfigException failure(String source, String problem, Throwable cause) {
    ConfigException failure = new ConfigException(source, source + ": " + problem);
    failure.initCause(cause);
    return failure;
  }

  private static String reason(IOException failure) {
    return failure instanceof JsonProcessingException syntax
        ? "line %d: %s".formatted(syntax.getLocation().getLineNr(), syntax.getOriginalMessage())
        : failure.toString();
  }
}
