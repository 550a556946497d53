package io.causa.access.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.access.AccessList;
import io.causa.access.CertificateEntry;
import io.causa.access.Grant;
import io.causa.access.Role;
import io.causa.access.TokenEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFileTest {

  private static final String HASH = "ab".repeat(32);
  private static final TokenEntry TOKEN =
      new TokenEntry(
          "abcdefghjk",
          HASH,
          new Grant(Role.WRITE, List.of("a/", "no", "ü: #")),
          "2026-01-01T00:00:00Z",
          "a \"note\": with\nlines");

  @TempDir Path directory;

  private AccessFile file() {
    return new AccessFile(directory.resolve("tokens.yaml"));
  }

  private AccessFile file(String text) throws IOException {
    Files.writeString(file().path(), text);
    Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString("rw-------"));
    return file();
  }

  @Test
  void whatIsWrittenReadsBackAndIsForTheOwnerAlone() throws Exception {
    AccessList list =
        new AccessList(
            List.of(TOKEN),
            List.of(new CertificateEntry("CN=no,O=\"x\"", new Grant(Role.READ, List.of()), "n")));

    file().write(list);

    assertThat(file().read().tokens()).isEqualTo(list.tokens());
    assertThat(file().read().certificates()).isEqualTo(list.certificates());
    assertThat(Files.getPosixFilePermissions(file().path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(directory.toFile().list()).as("nothing is left over").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rwxrwxrwx"})
  void aFileThatIsOpenToOthersIsRefused(String permissions) throws Exception {
    file().write(new AccessList(List.of(TOKEN), List.of()));
    Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> file().read())
        .hasMessageContaining(permissions)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aMissingFileSaysHowToMakeIt() {
    assertThatThrownBy(() -> file().read()).hasMessageContaining("causa token create");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected are",
        "hello|line 1",
        "tokens: 7|line 1",
        "tokens: [}|line 1",
        "tokens: [{}]|id",
        "tokens: [{id: x, hash: HASH, role: read}]|\"x\" is no id",
        "tokens: [{id: abcdefghjk, hash: abc, role: read}]|hash of token abcdefghjk",
        "tokens: [{id: abcdefghjk, hash: HASH, role: root}]|\"root\"",
        "tokens: [{id: abcdefghjk, hash: HASH}]|role",
        "tokens: [{id: abcdefghjk, hash: HASH, role: admin, prefixes: [a]}]|admin cannot",
        "tokens: [{id: abcdefghjk, hash: HASH, role: read, prefixes: ['']}]|empty",
        "tokens: [{id: abcdefghjk, hash: HASH, role: read, prefixes: [~]}]|no text",
        "tokens: [{id: abcdefghjk, hash: HASH, role: read, prefix: a}]|prefix",
        "tokens: [{id: abcdefghjk, hash: HASH, role: read},{id: abcdefghjk, hash: HASH, role: read}]|twice",
        "tokens: [~]|empty",
        "'tokens: []; tokens: []'|Duplicate",
        "certificates: [{role: read}]|subject",
      })
  void aWrongFileSaysWhatIsWrong(String text, String message) throws Exception {
    AccessFile file = file(text.replace("HASH", HASH).replace("; ", "\n"));

    assertThatThrownBy(file::read)
        .isInstanceOf(AccessFileException.class)
        .hasMessageContaining("tokens.yaml")
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("io.causa", "java.", "Form");
  }

  @Test
  void aChangeIsTakenOverAndABrokenFileLeavesTheLastGoodOne() throws Exception {
    file().write(new AccessList(List.of(), List.of()));
    AccessSource source = AccessSource.open(file());
    assertThat(source.list().tokens()).isEmpty();

    file().write(new AccessList(List.of(TOKEN), List.of()));
    source.refresh();
    assertThat(source.list().tokens()).containsExactly(TOKEN);

    file("tokens: [");
    source.refresh();
    assertThat(source.list().tokens()).containsExactly(TOKEN);
    assertThat(source.trouble().orElseThrow()).contains("tokens.yaml");

    Files.delete(file().path());
    source.refresh();
    assertThat(source.list().tokens()).containsExactly(TOKEN);
    assertThat(source.trouble().orElseThrow()).contains("there is no file");

    file("tokens: []");
    source.refresh();
    assertThat(source.list().tokens()).isEmpty();
    assertThat(source.trouble()).isEmpty();
  }

  @Test
  void whatIsClosedAfterwardsIsReadAgain() throws Exception {
    file().write(new AccessList(List.of(), List.of()));
    AccessSource source = AccessSource.open(file());
    file().write(new AccessList(List.of(TOKEN), List.of()));
    Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString("rw-r--r--"));
    source.refresh();
    assertThat(source.trouble().orElseThrow()).contains("chmod");

    Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString("rw-------"));
    source.refresh();

    assertThat(source.trouble()).isEmpty();
    assertThat(source.list().tokens()).containsExactly(TOKEN);
  }
}
