package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.node.port.BackupOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aBackupIsAnsweredWithItsDirectoryAndWhatIsInIt() throws Exception {
    VersionVector applied = VersionVector.of(new Dot(FakeNode.PEER, 7));
    http.node.backup = name -> new BackupOutcome.Made("/copies/" + name, applied);

    Reply reply = http.send("POST", "/admin/backup?name=2026-01-31.a_b", null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().encode())
        .isEqualTo(
            "{\"name\":\"2026-01-31.a_b\",\"directory\":\"/copies/2026-01-31.a_b\",\"clock\":{\"node2\":7}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        ".",
        ".hidden",
        "a%2Fb",
        "..%2F..%2Fetc",
        "a%5Cb",
        "a%00b",
        "%C3%A4",
        "a%0Ab",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void aNameThatCouldLeadAnywhereElseIsRefused(String name) throws Exception {
    http.node.backup = accepted -> new BackupOutcome.Made(accepted, VersionVector.EMPTY);

    Reply reply = http.send("POST", "/admin/backup?name=" + name, null);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-parameter");
  }

  @Test
  void aNameIsNeeded() throws Exception {
    assertThat(http.send("POST", "/admin/backup", null).problem()).isEqualTo("bad-parameter");
    assertThat(http.get("/admin/backup?name=a").status()).isEqualTo(405);
  }

  @Test
  void whatCannotBeDoneIsAProblemThatSaysWhy() throws Exception {
    http.node.backup = name -> new BackupOutcome.Off("no storage.backupDirectory");
    requireProblem(403, "backup-off", "no storage.backupDirectory");
    http.node.backup = name -> new BackupOutcome.Exists("/copies/a");
    requireProblem(409, "backup-exists", "/copies/a already");
    http.node.backup = name -> new BackupOutcome.Failed("no space");
    requireProblem(500, "backup-failed", "no space");
  }

  private void requireProblem(int status, String type, String detail) throws Exception {
    Reply reply = http.send("POST", "/admin/backup?name=a", null);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.problem()).isEqualTo(type);
    assertThat(reply.detail()).contains(detail);
  }
}
