package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.access.AccessCheck;
import io.causa.access.AccessList;
import io.causa.access.Right;
import io.causa.access.Verdict;
import io.causa.access.file.AccessFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TokenCommandTest {

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int causa(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine =
        CausaCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return commandLine.execute(words);
  }

  private String file() {
    return directory.resolve("new/tokens.yaml").toString();
  }

  private Verdict check(String token, Right right) {
    AccessList list = new AccessFile(Path.of(file())).read();
    return new AccessCheck().check(list, right, "Bearer " + token, null);
  }

  @Test
  void whatIsCreatedOpensWhatItShouldUntilItIsRevoked() throws Exception {
    assertThat(causa("token", "create", "--file", file(), "--role", "write", "--prefix", "a/"))
        .isEqualTo(ExitCode.OK);
    String token = out.toString().strip();
    assertThat(token).startsWith("causa_");
    assertThat(causa("token", "create", "--file", file(), "--role", "read")).isEqualTo(ExitCode.OK);
    String other = out.toString().strip();

    assertThat(check(token, Right.WRITE)).isInstanceOf(Verdict.Allowed.class);
    assertThat(check(token, Right.ADMIN)).isInstanceOf(Verdict.Lacking.class);
    assertThat(Files.readString(Path.of(file()))).doesNotContain(token.substring(17));

    String id = token.substring(6, 16);
    assertThat(causa("token", "list", "--file", file())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains(id).contains("write").contains("a/");
    assertThat(out.toString()).doesNotContain(token.substring(17));

    assertThat(causa("token", "revoke", "--file", file(), id)).isEqualTo(ExitCode.OK);
    assertThat(check(token, Right.READ)).isInstanceOf(Verdict.Wrong.class);
    assertThat(check(other, Right.READ)).isInstanceOf(Verdict.Allowed.class);
    assertThat(causa("token", "revoke", "--file", file(), id)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(id).contains("causa token list");
  }

  @Test
  void twoTokensAreNeverTheSame() {
    causa("token", "create", "--file", file(), "--role", "read");
    String first = out.toString();
    causa("token", "create", "--file", file(), "--role", "read");
    assertThat(out.toString()).isNotEqualTo(first);
  }

  @Test
  void programsGetJson() {
    assertThat(causa("token", "create", "--file", file(), "--role", "admin", "--json"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("\"token\" : \"causa_").contains("\"role\" : \"admin\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create --role root",
        "create",
        "create --role admin --prefix a/",
        "create --role read --prefix=",
        "list",
        "revoke",
        "revoke abc",
        ""
      })
  void whatCannotBeDoneSaysWhyAndChangesNothing(String words) {
    List<String> all = new ArrayList<>(List.of("token"));
    if (!words.isEmpty()) {
      all.addAll(List.of(words.split(" ")));
      all.addAll(List.of("--file", file()));
    }

    assertThat(causa(all.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).startsWith("causa: ").doesNotContain("Exception");
    assertThat(Path.of(file())).doesNotExist();
  }
}
