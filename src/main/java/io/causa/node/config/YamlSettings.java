package io.causa.node.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Reads a YAML file into dotted paths. A section without content says nothing; a key given twice is
 * an error.
 */
final class YamlSettings {
  private static final String DEFAULTS = "defaults.yaml";
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final String source;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(String source) {
    this.source = source;
  }

  /** The defaults that the jar carries. */
  static Map<String, Setting> packaged() {
    String source = "packaged " + DEFAULTS;
    try (InputStream in = YamlSettings.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + DEFAULTS + ", which holds the defaults");
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
      throw failure("file " + file, "cannot read it: " + reason(file, unreadable), unreadable);
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

  private static String reason(Path file, IOException failure) {
    if (Files.isDirectory(file)) {
      return "this is a directory, expected is a YAML file";
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (isNotText(failure)) {
      return "its content is not text in UTF-8";
    }
    return failure instanceof JsonProcessingException syntax && syntax.getLocation() != null
        ? "line %d: %s".formatted(syntax.getLocation().getLineNr(), problem(syntax))
        : failure.getMessage();
  }

  private static boolean isNotText(Throwable failure) {
    return failure instanceof CharConversionException
        || (failure.getCause() != null && isNotText(failure.getCause()));
  }

  /** The parser repeats place and text on indented lines. */
  private static String problem(JsonProcessingException syntax) {
    return syntax
        .getOriginalMessage()
        .lines()
        .filter(line -> !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }
}
