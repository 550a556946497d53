package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.cli.playground.Playgrounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people mistype ends in a sentence, in every command: never in a name of a Java class. */
class BadInputTest {
  private static final Pattern CLASS_LIKE =
      Pattern.compile(
          "java\\.|io\\.causa\\.|Exception|\\[reason=|[a-z][A-Z]\\w+\\[|\\bat [a-z]+\\.");

  private static final List<String> NODE_COMMANDS =
      List.of("get x", "put x 1", "delete x", "status", "backup", "forget n1", "retire n1~k");

  @TempDir Path home;
  private final List<ServerSocket> servers = new ArrayList<>();
  private String missing;
  private String directory;
  private String empty;
  private String broken;
  private String bytes;
  private String beneathAFile;
  private String none;

  @BeforeEach
  void makeBadFiles() throws IOException {
    missing = home.resolve("missing.yaml").toString();
    directory = Files.createDirectory(home.resolve("directory")).toString();
    empty = Files.createFile(home.resolve("empty")).toString();
    broken = Files.writeString(home.resolve("broken"), "a: [\n b: {").toString();
    bytes = Files.write(home.resolve("bytes"), new byte[] {-1, -2, 0}).toString();
    beneathAFile = home.resolve("empty/x").toString();
    none = "127.0.0.1:" + new Ports("127.0.0.1").free();
  }

  @AfterEach
  void closeServers() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  @Test
  void aNodeThatIsNotThere() {
    for (String command : NODE_COMMANDS) {
      says(ExitCode.UNREACHABLE, "connection refused", "--node " + none + " " + command);
    }
    says(ExitCode.UNREACHABLE, "no host of that name", "--node no.invalid get x");
    for (String url : List.of("ftp://x", "127.0.0.1:70000", "http://", "http://a_b:1")) {
      says(ExitCode.USAGE, "is no address of a node", "--node " + url + " get x");
    }
    says(ExitCode.UNREACHABLE, "connection refused", "scenario --nodes " + none);
    says(ExitCode.UNREACHABLE, "connection refused", "scenario --node " + none);
    says(ExitCode.USAGE, "not the address of a node", "scenario --nodes ftp://x");
    says(ExitCode.USAGE, "not the address of a node", "scenario --node ftp://x");
    says(ExitCode.UNREACHABLE, "connection refused", "load --seconds 1 n1=" + none);
    says(ExitCode.USAGE, "not the address of a node", "load n1=ftp://x");
    says(ExitCode.USAGE, "KEY=VALUE", "load n1");
  }

  @Test
  void aServerThatIsNoNode() throws IOException {
    String ssh = "127.0.0.1:" + serve("SSH-2.0-OpenSSH_9\r\n");
    String mute = "127.0.0.1:" + serve("");
    String web = "127.0.0.1:" + serve("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>");
    String lost = "127.0.0.1:" + serve("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    says(ExitCode.UNREACHABLE, "does not speak HTTP", "--node " + ssh + " get x");
    says(ExitCode.UNREACHABLE, "connection was closed", "--node " + mute + " put x 1");
    for (String command : NODE_COMMANDS) {
      says(ExitCode.REFUSED, "is not what a node answers", "--node " + web + " " + command);
    }
    says(ExitCode.REFUSED, "has no Causa-Clock", "--node " + lost + " get x");
    says(ExitCode.REFUSED, "has no Causa-Clock", "--json --node " + lost + " get x");
    says(ExitCode.UNREACHABLE, "is no node", "scenario --nodes " + web);
    says(ExitCode.UNREACHABLE, "cannot be asked for its peers", "scenario --node " + web);
    says(ExitCode.UNREACHABLE, "n1 is no node", "load --seconds 1 n1=" + web);
  }

  @Test
  void filesThatCannotBeRead() {
    for (String command : List.of("put x --file ", "demo ", "scenario ")) {
      says(ExitCode.USAGE, "there is no such file", command + missing);
    }
    says(ExitCode.USAGE, "there is no file", "check " + missing);
    says(ExitCode.USAGE, "is a directory, not a history", "check " + directory);
    says(ExitCode.USAGE, "this is a directory", "put x --file " + directory);
    says(ExitCode.USAGE, "there is no scenario (*.yaml) in ", "scenario " + directory);
    says(ExitCode.USAGE, "the file is empty", "scenario " + empty);
    says(ExitCode.OK, "there is nothing to check", "check " + empty);
    says(ExitCode.USAGE, ":2: this is not YAML: while parsing", "scenario " + broken);
    says(ExitCode.USAGE, ":1 is not an event of a history: it is not JSON", "check " + broken);
    says(ExitCode.USAGE, "not text in UTF-8", "scenario " + bytes);
    says(ExitCode.USAGE, "no text in UTF-8", "check " + bytes);
  }

  @Test
  void eventsThatAreNone() throws IOException {
    for (String line : List.of("{\"a\":1}", "{}", "[]", "{\"client\":[]}", "1")) {
      Path file = Files.writeString(home.resolve("history"), line);
      says(ExitCode.USAGE, ":1 is not an event of a history: ", "check " + file);
    }
  }

  @Test
  void configurationsOfANode() {
    says(ExitCode.USAGE, "there is no such file", "node --config " + missing);
    says(ExitCode.USAGE, "this is a directory", "node --config " + directory);
    says(ExitCode.USAGE, "line 2: while parsing", "node --config " + broken);
    says(ExitCode.USAGE, "not text in UTF-8", "node --config " + bytes);
    says(ExitCode.USAGE, "there is no setting", "node --set x=1");
  }

  @Test
  void filesThatCannotBeWritten() {
    String inTheWay = "a file is in the way";
    says(ExitCode.USAGE, inTheWay, "check " + empty + " --export " + beneathAFile + "/y");
    says(ExitCode.NODE_FAILED, inTheWay, "cluster --base-port 0 --logs " + beneathAFile);
    says(ExitCode.NODE_FAILED, inTheWay, "torture --seconds 1 --logs " + beneathAFile);
  }

  @Test
  void backupsOfWhatIsNoData() {
    for (String from : List.of(missing, directory, empty)) {
      says(ExitCode.REFUSED, "there is no data in", "backup --data " + from + " --to " + missing);
    }
  }

  @Test
  void clustersThatAreNotThere() {
    String none = "no cluster runs on this machine";
    says(ExitCode.OK, none, "cluster list");
    for (String verb : List.of("start n", "stop n", "kill n", "pause n", "resume n", "add")) {
      says(ExitCode.UNREACHABLE, none, "cluster " + verb);
    }
    says(ExitCode.UNREACHABLE, none, "cluster down --name x --port 5001");
    says(ExitCode.UNREACHABLE, none, "cluster stop");
    says(ExitCode.USAGE, "belongs to `causa cluster` alone", "cluster --nodes 2 stop node1");
    says(ExitCode.USAGE, "--name is \"../x\"", "cluster --name ../x");
    says(ExitCode.USAGE, "Did you mean", "cluster lits");
    says(ExitCode.USAGE, "is not an int", "cluster --nodes many");
    says(ExitCode.USAGE, "seconds is 0", "torture --seconds 0");
    says(ExitCode.USAGE, "--grow-from is 9", "torture --grow-from 9");
  }

  /** Runs the words, which are separated by blanks. */
  private void says(int exitCode, String text, String words) {
    StringWriter said = new StringWriter();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    int ended =
        CausaCommand.commandLine(
                new Installation(Path.of("").toAbsolutePath(), List.of("java")),
                new PrintStream(values, true, StandardCharsets.UTF_8),
                new Playgrounds(home.resolve("run")))
            .setOut(new PrintWriter(said, true))
            .setErr(new PrintWriter(said, true))
            .execute(words.split(" "));
    String all = said + values.toString(StandardCharsets.UTF_8);
    assertThat(ended).as("%s: %s", words, all).isEqualTo(exitCode);
    assertThat(all).as(words).contains(text).doesNotContainPattern(CLASS_LIKE);
  }

  /** A server that answers every connection with this and closes it. */
  private int serve(String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    servers.add(server);
    Thread thread = new Thread(() -> answerAll(server, answer), "no-node");
    thread.setDaemon(true);
    thread.start();
    return server.getLocalPort();
  }

  private static void answerAll(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        connection.getInputStream().read(new byte[4096]);
        new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))
            .transferTo(connection.getOutputStream());
        connection.shutdownOutput();
        connection.getInputStream().readAllBytes();
      } catch (IOException gone) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(gone);
        }
      }
    }
  }
}
