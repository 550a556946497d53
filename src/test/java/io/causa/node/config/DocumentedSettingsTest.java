package io.causa.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the defaults, {@code conf/causa.yaml} and the records to each other: names, values,
 * comments and bounds. Settings of an operator in that file change nothing here.
 */
class DocumentedSettingsTest {
  private static final Path FILE = Path.of("conf", "causa.yaml");
  private static final String EDITED =
      "conf/causa.yaml should document %s with its default. If the file was edited here, see"
          + " `git diff conf/causa.yaml`";
  private static final Pattern SECTION = Pattern.compile("([a-z]\\w*):.*");
  private static final Pattern KEY = Pattern.compile("  (#?)([a-z]\\w*):(.*)");
  private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
  private static final Pattern BOUNDS = Pattern.compile("(\\d+)\\.\\.(\\d+)$");

  @TempDir Path directory;

  @Test
  void thereIsADefaultForEachKeyOfTheRecordsInTheSameOrder() {
    assertThat(List.copyOf(YamlSettings.packaged().keySet())).isEqualTo(KnownKeys.all());
  }

  @Test
  void theOperatorsFileShowsEachDefaultInTheSameOrder() throws IOException {
    List<Line> lines = lines();
    Map<String, Setting> defaults = YamlSettings.packaged();

    assertThat(lines.stream().map(Line::key).distinct())
        .as(EDITED, "each setting")
        .isEqualTo(KnownKeys.all());
    assertThat(lines)
        .filteredOn(line -> !line.isSet())
        .allSatisfy(
            line ->
                assertThat(shown(line))
                    .as(EDITED, line.key())
                    .isEqualTo(defaults.get(line.key()).text()));
  }

  /** As the file is delivered, it changes nothing; all it may say is what an operator added. */
  @Test
  void whatStandsBehindAHashIsNotSet() throws IOException {
    assertThat(YamlSettings.of(FILE).keySet())
        .isEqualTo(lines().stream().filter(Line::isSet).map(Line::key).collect(Collectors.toSet()));
  }

  private String shown(Line line) throws IOException {
    String yaml = line.key().replaceAll(".*\\.", "") + ":" + line.value();
    return YamlSettings.of(Files.writeString(directory.resolve("line.yaml"), yaml))
        .values()
        .iterator()
        .next()
        .text();
  }

  @Test
  void everyKeyIsDocumentedRightAboveIt() throws IOException {
    Map<String, String> comments = comments();

    assertThat(comments.keySet()).containsAll(KnownKeys.all());
    assertThat(comments)
        .allSatisfy((key, comment) -> assertThat(comment).as(EDITED, key).hasSizeGreaterThan(15));
  }

  @Test
  void everyNumberStatesItsBounds() throws IOException {
    Map<String, String> comments = comments();
    Map<String, Setting> defaults = YamlSettings.packaged();

    assertThat(KnownKeys.all())
        .filteredOn(key -> defaults.get(key).text().matches("\\d+"))
        .allSatisfy(key -> assertThat(comments.get(key)).as(EDITED, key).containsPattern(BOUNDS));
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

  /** The comment right above each key, by dotted path. */
  private static Map<String, String> comments() throws IOException {
    return lines().stream()
        .collect(
            Collectors.toMap(
                Line::key, Line::comment, (first, again) -> first, LinkedHashMap::new));
  }

  /** The settings of the file, those behind a # as well. */
  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    String section = "";
    String comment = "";
    for (String text : Files.readAllLines(FILE)) {
      Matcher sectionLine = SECTION.matcher(text);
      Matcher key = KEY.matcher(text);
      Matcher commentLine = COMMENT.matcher(text);
      if (sectionLine.matches()) {
        section = sectionLine.group(1);
      } else if (key.matches()) {
        String path = section + "." + key.group(2);
        lines.add(new Line(path, key.group(1).isEmpty(), key.group(3), comment));
      }
      comment = commentLine.matches() ? commentLine.group(1) : "";
    }
    return lines;
  }

  /**
   * @param isSet whether it stands there without a #
   * @param comment the line above
   */
  private record Line(String key, boolean isSet, String value, String comment) {}

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
