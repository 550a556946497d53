package io.causa.access.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.causa.access.AccessList;
import io.causa.access.CertificateEntry;
import io.causa.access.Grant;
import io.causa.access.Role;
import io.causa.access.TokenEntry;
import java.util.List;
import java.util.Objects;

/** The text of the file: YAML with {@code tokens} and {@code certificates}. */
final class AccessYaml {

  private static final String HEAD =
      """
      # Who may use this cluster over HTTP. `causa token` writes this file, people may edit it, and
      # nodes take a change over within seconds. It holds no secret: of each token only a hash.
      # Still, keep it readable and writable by the owner of the node alone.
      """;

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private AccessYaml() {}

  private record File(List<TokenForm> tokens, List<CertificateForm> certificates) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonPropertyOrder({"id", "hash", "role", "prefixes", "created", "note"})
  private record TokenForm(
      String id, String hash, String role, List<String> prefixes, String created, String note) {

    static TokenForm of(TokenEntry entry) {
      return new TokenForm(
          entry.id(),
          entry.hash(),
          entry.grant().role().toString(),
          entry.grant().prefixes(),
          entry.created(),
          entry.note());
    }

    TokenEntry entry() {
      if (id == null) {
        throw new IllegalArgumentException("a token has no id");
      }
      return new TokenEntry(id, hash, grant("token " + id, role, prefixes), created, note);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonPropertyOrder({"subject", "role", "prefixes", "note"})
  private record CertificateForm(String subject, String role, List<String> prefixes, String note) {

    static CertificateForm of(CertificateEntry entry) {
      return new CertificateForm(
          entry.subject(), entry.grant().role().toString(), entry.grant().prefixes(), entry.note());
    }

    CertificateEntry entry() {
      if (subject == null) {
        throw new IllegalArgumentException("a certificate has no subject");
      }
      return new CertificateEntry(subject, grant("certificate " + subject, role, prefixes), note);
    }
  }

  private static Grant grant(String whose, String role, List<String> prefixes) {
    Role known =
        Role.of(String.valueOf(role))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has the role \"%s\", expected is read, write or admin"
                            .formatted(whose, role)));
    try {
      List<String> given = prefixes == null ? List.of() : prefixes;
      if (given.stream().anyMatch(Objects::isNull)) {
        throw new IllegalArgumentException("a prefix has no text");
      }
      return new Grant(known, given);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(whose + ": " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws IllegalArgumentException if it cannot be used; the message is for people
   */
  static AccessList parse(String text) {
    File file = text.isBlank() ? null : read(text);
    if (file == null || file.tokens == null && file.certificates == null) {
      throw new IllegalArgumentException(
          "expected are `tokens:` or `certificates:`, and a list behind; `tokens: []` lets nobody in");
    }
    List<TokenForm> tokens = file.tokens == null ? List.of() : file.tokens;
    List<CertificateForm> certificates = file.certificates == null ? List.of() : file.certificates;
    if (tokens.stream().anyMatch(Objects::isNull)
        || certificates.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("an entry of a list is empty");
    }
    return new AccessList(
        tokens.stream().map(TokenForm::entry).toList(),
        certificates.stream().map(CertificateForm::entry).toList());
  }

  private static File read(String text) {
    try {
      return YAML.readValue(text, File.class);
    } catch (UnrecognizedPropertyException wrong) {
      throw new IllegalArgumentException(
          "line %d: there is no member \"%s\" here, only %s"
              .formatted(
                  wrong.getLocation().getLineNr(),
                  wrong.getPropertyName(),
                  wrong.getKnownPropertyIds()),
          wrong);
    } catch (MismatchedInputException wrong) {
      throw new IllegalArgumentException(
          "line %d: expected are lists of entries, such as `tokens: [{id: …, hash: …, role: read}]`"
              .formatted(wrong.getLocation().getLineNr()),
          wrong);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          "line %d: this is no YAML: %s"
              .formatted(
                  wrong.getLocation().getLineNr(),
                  wrong.getOriginalMessage().lines().findFirst().orElse("")),
          wrong);
    }
  }

  /** Returns the text of a file with that list. */
  static String print(AccessList list) {
    File file =
        new File(
            list.tokens().stream().map(TokenForm::of).toList(),
            list.certificates().stream().map(CertificateForm::of).toList());
    try {
      return HEAD + YAML.writeValueAsString(file);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts can always be written", impossible);
    }
  }
}
