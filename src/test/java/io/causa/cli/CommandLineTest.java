package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a node that answers what the test tells it to. */
class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";

  @BeforeEach
  void startANode() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stopTheNode() {
    server.stop(0);
  }

  @Test
  void aPutPrintsTheVersionTheClockAndTheContext() {
    assertThat(causa("put", "x", "5")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            written
            version  node1:17
            clock    node1=17
            context  token
            """);
    assertThat(requests).containsExactly("PUT /kv/x text/plain; charset=utf-8 null 5");
  }

  @Test
  void aPutCarriesTheContextAndTheContentType(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("value"), "{}");
    int exitCode =
        causa("put", "x", "--file", file.toString(), "-t", "application/json", "-c", "before");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(requests).containsExactly("PUT /kv/x application/json before {}");
  }

  @Test
  void aHeldPutSaysSo() {
    status = 202;
    body = "{\"message\":\"held back\",\"id\":\"1a-2\"}";
    assertThat(causa("put", "--async", "x", "5")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("buffered: held back").contains("id       1a-2");
  }

  @Test
  void heldWritesAreListed() {
    body =
        "{\"held\":[{\"id\":\"1a-2\",\"keys\":[\"x\"],\"moreKeys\":3,\"bytes\":2048,\"heldMillis\":20000,"
            + "\"expiresInMillis\":580000,\"waitsFor\":\"node2:9\"}],\"heldWrites\":7,\"heldBytes\":4096,"
            + "\"more\":true,\"next\":\"1a-2\",\"clock\":{}}";
    assertThat(causa("held")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            7 held, 4096 bytes

            HELD  KEYS           BYTES  SECONDS  EXPIRES IN  WAITS FOR
            1a-2  x, and 3 more   2048       20         580  node2:9
            … more with --after 1a-2
            """);
    assertThat(causa("held", "--after", "1a-2", "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("\"heldWrites\" : 7");
    assertThat(requests.get(0)).startsWith("GET /admin/held?limit=100 ");
    assertThat(requests.get(1)).startsWith("GET /admin/held?after=1a-2&limit=100 ");
  }

  @Test
  void aHeldWriteIsShownAndCancelled() {
    body = "{\"id\":\"1a-2\",\"keys\":[\"x\"],\"bytes\":1,\"waitsFor\":\"node2:9\"}";
    assertThat(causa("held", "1a-2")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("1a-2  x ").contains("node2:9");
    body = "{\"cancelled\":\"1a-2\",\"clock\":{}}";
    assertThat(causa("held", "cancel", "1a-2")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("cancelled 1a-2");
    assertThat(requests.get(1)).startsWith("DELETE /admin/held/1a-2 ");
  }

  @Test
  void whatIsNotHeldCannotBeCancelled() {
    status = 404;
    body = "{\"type\":\"urn:problem-type:causa:unknown-held-write\",\"detail\":\"no write\"}";
    assertThat(causa("held", "cancel", "1a-2")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("404 unknown-held-write: no write");
  }

  @Test
  void heldTakesAnIdOrCancelAndAnId() {
    assertThat(causa("held", "cancel")).isEqualTo(ExitCode.USAGE);
    assertThat(causa("held", "drop", "1a-2")).isEqualTo(ExitCode.USAGE);
    assertThat(causa("held", "--after", "1a-1", "1a-2")).isEqualTo(ExitCode.USAGE);
    assertThat(requests).isEmpty();
  }

  @Test
  void aGetWritesTheBytesAndNothingElse() {
    body = "naïve\0";
    assertThat(causa("get", "x")).isEqualTo(ExitCode.OK);
    assertThat(raw.toString(StandardCharsets.UTF_8)).isEqualTo("naïve\0");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAbsentKeyIsNotFound() {
    status = 404;
    assertThat(causa("get", "x")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err.toString()).contains("\"x\" was deleted by node1:17");
  }

  @Test
  void inJsonEveryClockIsAnObject(@TempDir Path directory) {
    assertThat(causa("--json", "put", "x", "5")).isEqualTo(ExitCode.OK);
    assertThat(causa("--json", "delete", "x")).isEqualTo(ExitCode.OK);
    body = "{\"key\":\"x\",\"value\":5,\"clock\":{\"node1\":17}}";
    assertThat(causa("--json", "get", "x")).isEqualTo(ExitCode.OK);
    body = "{\"name\":\"monday\",\"directory\":\"/copies/monday\",\"clock\":{\"node1\":17}}";
    assertThat(causa("--json", "backup")).isEqualTo(ExitCode.OK);
    status = 404;
    assertThat(causa("--json", "get", "x")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(out.toString().split("\"clock\" : \\{\\s+\"node1\" : 17\\s+}", -1)).hasSize(6);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aProblemIsShown() {
    status = 503;
    body = "{\"type\":\"https://x/dependency-not-met\",\"detail\":\"node2:4 is missing\"}";
    assertThat(causa("delete", "x")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("503 dependency-not-met: node2:4 is missing");
  }

  @Test
  void aProblemIsShownInJsonToo() {
    status = 400;
    body = "{\"type\":\"https://x/bad-token\",\"title\":\"Bad\",\"detail\":\"d\"}";
    assertThat(causa("--json", "delete", "x")).isEqualTo(ExitCode.REFUSED);
    assertThat(causa("delete", "--json", "x")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("\"type\" : \"bad-token\"", "\"status\" : 400");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aNodeThatIsNotThereIsUnreachable() {
    server.stop(0);
    assertThat(causa("get", "x")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("does not answer").contains("CAUSA_NODE");

    assertThat(causa("get", "x", "--json")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("nothing listens there.\"");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theStatusIsAPageAndInJsonAllThatTheNodeSaid() {
    body =
        "{\"id\":\"node1\",\"ready\":true,\"vc\":{\"node1\":17},\"store\":{\"x\":\"5\"},\"more\":1}";
    assertThat(causa("status")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("node1", "node1=17", "KEY  VALUE");
    assertThat(causa("status", "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).endsWith(body + System.lineSeparator());
  }

  @Test
  void wrongWordsAreUsageAndSayWhereToLook() {
    assertThat(causa("put", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("either a VALUE or --file FILE")
        .contains("`causa put --help` tells more");
    assertThat(causa("gte", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(causa()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--node", "ftp://x", "get", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(requests).isEmpty();
  }

  @Test
  void settingsOfANodeThatCannotBeUsedAreUsage() {
    assertThat(run("node", "--memory", "--data", "d")).isEqualTo(ExitCode.USAGE);
    assertThat(run("node", "--memory", "--port", "123456")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("http.port is 123456, allowed is 0..65535");
    assertThat(run("cluster", "--nodes", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--nodes is 0, allowed is 1..16");
  }

  @Test
  void aNodeWhosePortIsTakenSaysWhichAndWhatToDo() {
    int exitCode = run("node", "--memory", "--port", "" + port(), "--id", "n7");
    assertThat(exitCode).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("cannot listen on 127.0.0.1:" + port(), "another port with --port");
  }

  @Test
  void everyCommandHasHelp() {
    CommandLine commandLine = CausaCommand.commandLine();
    assertThat(commandLine.getSubcommands().keySet()).contains("node", "cluster", "put", "get");
    for (String command : commandLine.getSubcommands().keySet()) {
      assertThat(run(command, "--help")).as(command).isZero();
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes:", "4     the node does not answer");
  }

  @Test
  void aBackupOfARunningNodeTellsWhereItIs() {
    body = "{\"name\":\"monday\",\"directory\":\"/copies/monday\",\"clock\":{\"node1\":17}}";
    assertThat(causa("backup", "--name", "monday")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            copied to /copies/monday
            clock     node1=17
            """);
    assertThat(requests).hasSize(1).first().asString().startsWith("POST /admin/backup?name=monday");
  }

  @Test
  void aForgottenMemberIsNamedWithItsGeneration() {
    body = "{\"forgotten\":\"node3.k3\"}";
    assertThat(causa("forget", "node3")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualToNormalizingNewlines("forgotten node3.k3\n");
    assertThat(requests).hasSize(1).first().asString().startsWith("DELETE /admin/members/node3");
  }

  @Test
  void aRetiredGenerationIsNamedWithItsLastWrite() {
    body = "{\"retired\":\"node2.k3\",\"last\":6}";
    assertThat(causa("retire", "node2.k3")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualToNormalizingNewlines("retired node2.k3 behind write 6\n");
    assertThat(requests).hasSize(1).first().asString().startsWith("DELETE /admin/generations/");
  }

  @Test
  void aBackupOfNothingIsRefused(@TempDir Path directory) {
    String none = directory.resolve("none").toString();
    assertThat(run("backup", "--data", none)).isEqualTo(ExitCode.USAGE);
    assertThat(run("backup", "--data", none, "--to", none + "-copy")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("belong together").contains("there is no data in " + none);
  }

  private int causa(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--node", "127.0.0.1:" + port()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    PrintStream bytes = new PrintStream(raw, true, StandardCharsets.UTF_8);
    return CausaCommand.commandLine(Installation.ofThisProcess(), bytes)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        "%s %s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Causa-Context"),
                sent));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Causa-Version", "node1:17");
    exchange.getResponseHeaders().set("Causa-Clock", "node1=17");
    exchange.getResponseHeaders().set("Causa-Context", "token");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
