package io.causa.cli.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.cli.playground.Control.Reply;
import io.causa.cli.playground.Control.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the socket. */
@Timeout(60)
class ControlTest {
  @TempDir Path directory;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final List<String> progress = new ArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(ControlServer.MOST_REQUESTS);
  private final CountDownLatch release = new CountDownLatch(1);
  private Path socket;
  private ControlServer server;

  @BeforeEach
  void listen() throws IOException {
    socket = directory.resolve("s");
    server =
        ControlServer.open(
            "one",
            socket,
            (request, say) -> {
              requests.add(request);
              if ("slow".equals(request.node())) {
                entered.countDown();
                await(release);
              }
              say.accept("first");
              say.accept("second");
              return Reply.failed(5, "no");
            });
  }

  @AfterEach
  void close() throws IOException {
    release.countDown();
    server.close();
  }

  @Test
  void aRequestIsAnsweredWithItsProgressAndItsEnd() throws Exception {
    Reply reply = ControlClient.ask(socket, new Request(Verb.KILL, "node2"), progress::add);
    assertThat(requests).containsExactly(new Request(Verb.KILL, "node2"));
    assertThat(progress).containsExactly("first", "second");
    assertThat(reply).isEqualTo(new Reply(5, "no", null));
  }

  @Test
  void whatIsNoRequestReachesNoNode() throws Exception {
    assertThat(exchange("{\"node\":\"x\"}\n")).contains("was asked nothing that it knows");
    assertThat(exchange("{\"verb\":\"EXPLODE\"}\n")).doesNotContain("done");
    assertThat(exchange("nonsense\n")).doesNotContain("done");
    assertThat(exchange("x".repeat(Frames.MOST_BYTES + 1))).doesNotContain("done");
    assertThat(requests).isEmpty();
    assertThat(ControlClient.isAnswered(socket)).isTrue();
  }

  @Test
  void whatIsAskedIsDoneAlsoWhenTheOneWhoAskedHasGone() throws Exception {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      connection.read(ByteBuffer.allocate(1)); // of the greeting
      send(connection, "{\"verb\":\"STOP\",\"node\":\"slow\"}\n");
      assertThat(requests.poll(30, TimeUnit.SECONDS)).isEqualTo(new Request(Verb.STOP, "slow"));
    }
    release.countDown();
    assertThat(ControlClient.ask(socket, new Request(Verb.LIST, null), progress::add)).isNotNull();
  }

  @Test
  void oneRequestTooManyIsRefused() throws Exception {
    List<SocketChannel> slow = new ArrayList<>();
    for (int i = 0; i < ControlServer.MOST_REQUESTS; i++) {
      slow.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
      send(slow.get(i), "{\"verb\":\"STOP\",\"node\":\"slow\"}\n");
    }
    await(entered);
    for (int i = 0; i < 50; i++) {
      Reply reply = ControlClient.ask(socket, new Request(Verb.LIST, null), progress::add);
      assertThat(reply.message()).isEqualTo("one is busy; ask again");
    }
    for (SocketChannel each : slow) {
      each.close();
    }
  }

  @Test
  void aClusterThatEndsInBetweenIsSaid() throws Exception {
    Path other = directory.resolve("other");
    try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mute.bind(UnixDomainSocketAddress.of(other));
      Thread ending = new Thread(() -> acceptAndClose(mute));
      ending.start();
      assertThatThrownBy(
              () -> ControlClient.ask(other, new Request(Verb.LIST, null), progress::add))
          .isInstanceOf(IOException.class)
          .hasMessage("it ended before it had answered");
      ending.join();
    }
  }

  @Test
  void afterItsEndNobodyAnswersAndTheSocketIsGone() throws IOException {
    server.close();
    assertThat(ControlClient.isAnswered(socket)).isFalse();
    assertThat(socket).doesNotExist();
  }

  private static void acceptAndClose(ServerSocketChannel server) {
    try {
      server.accept().close();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private String exchange(String line) throws IOException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      send(connection, line);
      InputStream in = Channels.newInputStream(connection);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException reset) {
      return ""; // closed with something unread
    }
  }

  private static void send(SocketChannel connection, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException impatient) {
      throw new AssertionError(impatient);
    }
  }
}
