package io.causa.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code conf/causa.yaml} and the records to each other: names, comments and bounds. */
class DocumentedSettingsTest {
  private static final Path FILE = Path.of("conf", "causa.yaml");
  private static final Pattern SECTION = Pattern.compile("([a-z]\\w*):");
  private static final Pattern KEY = Pattern.compile("  ([a-z]\\w*): \\S.*");
  private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
  private static final Pattern BOUNDS = Pattern.compile("(\\d+)\\.\\.(\\d+)$");

  @Test
  void theFileHasExactlyTheKeysOfTheRecordsInTheSameOrder() {
    assertThat(List.copyOf(YamlSettings.packaged().keySet())).isEqualTo(KnownKeys.all());
  }

  @Test
  void theFileBesideTheJarIsTheOneInTheJar() {
    assertThat(NodeConfigLoader.load(Map.of(), Map.of(), Optional.of(FILE)))
        .isEqualTo(NodeConfigLoader.defaults());
  }

  @Test
  void everyKeyIsDocumentedRightAboveIt() throws IOException {
    Map<String, String> comments = comments();

    assertThat(comments.keySet()).containsAll(KnownKeys.all());
    assertThat(comments)
        .allSatisfy((key, comment) -> assertThat(comment).as(key).hasSizeGreaterThan(15));
  }

  @Test
  void everyNumberStatesItsBounds() throws IOException {
    Map<String, String> comments = comments();
    Map<String, Setting> defaults = YamlSettings.packaged();

    assertThat(KnownKeys.all())
        .filteredOn(key -> defaults.get(key).text().matches("\\d+"))
        .allSatisfy(key -> assertThat(comments.get(key)).as(key).containsPattern(BOUNDS));
  }

  static List<Documented> documentedBounds() throws IOException {
    return comments().entrySet().stream()
        .map(entry -> Documented.of(entry.getKey(), entry.getValue()))
        .flatMap(Optional::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documentedBounds")
  void theDocumentedBoundsAreTheOnesThatAreChecked(Documented bounds) {
    String allowed = "allowed is %d..%d".formatted(bounds.least(), bounds.most());

    assertThatThrownBy(() -> load(bounds.key(), bounds.least() - 1)).hasMessageContaining(allowed);
    assertThatThrownBy(() -> load(bounds.key(), bounds.most() + 1)).hasMessageContaining(allowed);
  }

  private static void load(String key, long value) {
    NodeConfigLoader.load(Map.of(key, Long.toString(value)), Map.of(), Optional.empty());
  }

  /** The comment right above each section and key, by dotted path. */
  private static Map<String, String> comments() throws IOException {
    Map<String, String> comments = new LinkedHashMap<>();
    String section = "";
    String comment = "";
    for (String line : Files.readAllLines(FILE)) {
      Matcher sectionLine = SECTION.matcher(line);
      Matcher keyLine = KEY.matcher(line);
      Matcher commentLine = COMMENT.matcher(line);
      if (sectionLine.matches()) {
        section = sectionLine.group(1);
        comments.put(section, comment);
      } else if (keyLine.matches()) {
        comments.put(section + "." + keyLine.group(1), comment);
      }
      comment = commentLine.matches() ? commentLine.group(1) : "";
    }
    return comments;
  }

  record Documented(String key, long least, long most) {
    static Optional<Documented> of(String key, String comment) {
      Matcher bounds = BOUNDS.matcher(comment);
      return bounds.find()
          ? Optional.of(
              new Documented(key, Long.parseLong(bounds.group(1)), Long.parseLong(bounds.group(2))))
          : Optional.empty();
    }
  }
}
