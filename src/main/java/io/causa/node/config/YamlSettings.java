package io.causa.node.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a YAML file into dotted paths. A section without content says nothing; a key given twice is
 * an error.
 */
final class YamlSettings {
  private static final String DEFAULTS = "defaults.yaml";
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  private YamlSettings() {}

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
    try (YAMLParser yaml = YAML.createParser(in)) {
      return new SettingsReader(yaml, source).read();
    }
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
