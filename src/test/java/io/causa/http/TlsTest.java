package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.causa.client.ClientAccess;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** HTTP that is encrypted, with certificates that {@code causa certificates} makes. */
class TlsTest {

  @TempDir static Path made;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates("own");
    certificates("other");
  }

  private static void certificates(String name) throws Exception {
    Process causa =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.causa.cli.Main",
                "certificates",
                made.resolve(name).toString(),
                "--client",
                "reports",
                "--client",
                "stranger")
            .redirectErrorStream(true)
            .redirectOutput(made.resolve(name + ".log").toFile())
            .start();
    assertThat(causa.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(causa.exitValue()).as(Files.readString(made.resolve(name + ".log"))).isZero();
  }

  private final AccessFixture tokens = new AccessFixture();
  private final Vertx vertx = Vertx.vertx();
  private final Path served = copyOf("own");

  @RegisterExtension
  final HttpFixture http =
      new HttpFixture(
          HttpFixture.LIMITS,
          Optional.empty(),
          new NodeConfig.Tls(
              served.resolve("node.pem").toString(),
              served.resolve("node.key").toString(),
              served.resolve("ca.pem").toString()),
          tokens.access);

  @AfterEach
  void close() throws Exception {
    FakeStore.join(vertx::close);
  }

  private static Path copyOf(String name) {
    try {
      Path copy = Files.createTempDirectory(made, "served");
      copy(name, copy);
      return copy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void copy(String name, Path target) throws IOException {
    for (String file : List.of("ca.pem", "node.pem", "node.key")) {
      Files.copy(
          made.resolve(name).resolve(file),
          target.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Answer get(ClientAccess access) {
    return ask(access, false);
  }

  private Answer ask(ClientAccess access, boolean put) {
    String url = "https://127.0.0.1:" + http.port();
    try (CausaClient client = CausaClient.open(vertx, url, access)) {
      return FakeStore.join(
          () -> put ? client.put("a", "1", Ask.PLAIN) : client.get("a", Ask.PLAIN));
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static ClientAccess access(String authority, String client, String token) {
    return new ClientAccess(
        Optional.ofNullable(token),
        Optional.of(made.resolve(authority).resolve("ca.pem").toString()),
        Optional.ofNullable(client)
            .map(
                name ->
                    new ClientAccess.Identity(
                        made.resolve(name + ".pem").toString(),
                        made.resolve(name + ".key").toString())));
  }

  private static int status(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    return ((Answer.Refused) answer).status();
  }

  @Test
  void aTokenWorksOverAnEncryptedConnection() {
    assertThat(ask(access("own", null, tokens.writer), true)).isInstanceOf(Answer.Written.class);
    assertThat(get(access("own", null, tokens.reader))).isInstanceOf(Answer.Found.class);
    assertThat(status(get(access("own", null, null)))).isEqualTo(401);
  }

  @Test
  void aCertificateStandsForATokenWithWhatItWasGranted() {
    assertThat(get(access("own", "own/reports", null))).isInstanceOf(Answer.Absent.class);
    assertThat(status(ask(access("own", "own/reports", null), true))).isEqualTo(403);
    assertThat(status(get(access("own", "own/stranger", null)))).isEqualTo(401);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsWorthNothing() {
    assertThat(get(access("own", "other/reports", null))).isInstanceOf(Answer.Unreachable.class);
  }

  @Test
  void aClientDoesNotTalkToANodeOfAnotherAuthority() {
    assertThat(get(access("other", null, tokens.reader))).isInstanceOf(Answer.Unreachable.class);
  }

  @Test
  void aPlainClientGetsNoAnswer() throws Exception {
    try (RawConnection plain = http.connect()) {
      plain.write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(plain.isAtEnd()).isTrue();
    }
  }

  @Test
  void onlyTheTwoLatestVersionsOfTlsAreSpoken() {
    HttpTls tls = new HttpTls(new NodeConfig.Tls("node.pem", "node.key", "ca.pem"));
    HttpServerOptions options = new HttpServerOptions();
    tls.secure(options);

    assertThat(options.isSsl()).isTrue();
    assertThat(options.getEnabledSecureTransportProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(tls.options().getEnabledSecureTransportProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(tls.options().getClientAuth()).isEqualTo(ClientAuth.REQUEST);
  }

  @Test
  void newCertificatesAreInForceWithoutARestart() throws Exception {
    assertThat(get(access("own", null, tokens.reader))).isInstanceOf(Answer.Absent.class);

    copy("other", served);

    HttpFixture.await(() -> get(access("other", null, tokens.reader)) instanceof Answer.Absent);
    assertThat(get(access("own", null, tokens.reader))).isInstanceOf(Answer.Unreachable.class);
  }

  @Test
  void filesThatCannotBeUsedLeaveTheLastGoodOnesInForce() throws Exception {
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.list = new CopyOnWriteArrayList<>();
    told.start();
    Logger log = (Logger) LoggerFactory.getLogger(TlsRenewal.class);
    log.addAppender(told);
    try {
      Files.writeString(served.resolve("node.pem"), "broken");

      HttpFixture.await(() -> told.list.stream().anyMatch(TlsTest::isRefusal));
    } finally {
      log.detachAppender(told);
    }
    assertThat(get(access("own", null, tokens.reader))).isInstanceOf(Answer.Absent.class);
  }

  private static boolean isRefusal(ILoggingEvent event) {
    return event.getFormattedMessage().contains("stay as they were");
  }
}
