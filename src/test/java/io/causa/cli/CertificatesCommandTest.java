package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesCommandTest {

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int causa(String... words) {
    return CausaCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private X509Certificate read(String name) throws Exception {
    try (InputStream in = Files.newInputStream(directory.resolve("tls").resolve(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void theAuthoritySignsANodeForItsHostsAndTheClients() throws Exception {
    String tls = directory.resolve("tls").toString();

    assertThat(causa("certificates", tls, "--host", "a.example", "--host", "::1", "--client", "r"))
        .as(err.toString())
        .isEqualTo(ExitCode.OK);

    X509Certificate authority = read("ca.pem");
    X509Certificate node = read("node.pem");
    node.verify(authority.getPublicKey());
    read("r.pem").verify(authority.getPublicKey());
    assertThat(node.getSubjectAlternativeNames())
        .extracting(name -> name.get(1))
        .isEqualTo(List.of("a.example", "0:0:0:0:0:0:0:1"));
    assertThat(read("r.pem").getSubjectX500Principal().getName()).isEqualTo("CN=r");
    for (String key : List.of("ca.key", "node.key", "r.key")) {
      assertThat(Files.getPosixFilePermissions(directory.resolve("tls").resolve(key)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(Path.of(tls).toFile().list()).as("no store is left over").hasSize(6);

    assertThat(causa("certificates", tls)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("nothing is overwritten");
  }

  @Test
  void aNameThatCannotBeAFileIsRefused() {
    for (String name : List.of("../x", "ca", "node", "", "a,b")) {
      assertThat(causa("certificates", directory.resolve("tls").toString(), "--client", name))
          .isEqualTo(ExitCode.USAGE);
    }
    assertThat(directory.resolve("tls")).doesNotExist();
  }
}
