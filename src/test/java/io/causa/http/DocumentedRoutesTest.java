package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/openapi.yaml} and {@code docs/http-api.md} to the routes and the problems. */
class DocumentedRoutesTest {

  private static final Path OPEN_API = Path.of("docs", "openapi.yaml");
  private static final Path GUIDE = Path.of("docs", "http-api.md");
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

  private final JsonNode api = openApi();

  private static JsonNode openApi() {
    try {
      return new YAMLMapper().readTree(OPEN_API.toFile());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Test
  void everyRouteIsDocumentedAndEveryDocumentedOneExists() {
    Edge edge = new Edge(null, HttpFixture.LIMITS, null, null, null, null);
    List<String> offered =
        Routes.of(edge).routes().stream()
            .map(route -> route.method() + " " + route.path())
            .toList();

    List<String> documented = operations().map(Operation::name).toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(offered);
  }

  @Test
  void everyOperationSaysWhichRightItNeeds() {
    Edge edge = new Edge(null, HttpFixture.LIMITS, null, null, null, null);
    Map<String, String> needed =
        Routes.of(edge).routes().stream()
            .collect(
                Collectors.toMap(
                    route -> route.method() + " " + route.path(),
                    route -> AccessGate.text(route.right())));

    assertThat(operations())
        .allSatisfy(
            operation -> {
              String right = operation.json().path("x-causa-right").asText();
              assertThat(right).as(operation.name()).isEqualTo(needed.get(operation.name()));
              assertThat(operation.json().has("security")).isEqualTo(right.equals("open"));
            });
  }

  @Test
  void everyOperationSaysWhatItDoesAndHowItIsAnswered() {
    Set<String> ids = new HashSet<>();
    assertThat(operations())
        .allSatisfy(
            operation -> {
              assertThat(operation.json().path("summary").asText()).isNotBlank();
              assertThat(operation.json().path("responses").has("200")).isTrue();
              assertThat(ids.add(operation.json().path("operationId").asText())).isTrue();
            });
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(api.path("openapi").asText()).startsWith("3.1.");
    assertThat(api.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(api.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
  }

  @Test
  void everyProblemIsInTheSchema() {
    List<String> documented = new ArrayList<>();
    api.at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> documented.add(type.asText()));

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
  }

  @Test
  void everyProblemIsExplainedWithItsStatus() throws IOException {
    String guide = Files.readString(GUIDE);

    assertThat(ProblemType.values())
        .allSatisfy(
            type ->
                assertThat(guide).contains("| `%s` | %d |".formatted(type.code(), type.status())));
  }

  @Test
  void everyPathIsInTheGuide() throws IOException {
    String guide = Files.readString(GUIDE);

    assertThat(operations()).allSatisfy(operation -> assertThat(guide).contains(operation.name()));
  }

  private record Operation(String name, JsonNode json) {}

  private Stream<Operation> operations() {
    return api.path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .map(
                        member ->
                            new Operation(
                                member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                member.getValue())));
  }
}
