package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.node.cluster.ContactProbe.Presence;
import io.causa.node.config.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContactProbeTest {
  @Test
  void whereNobodyHasBoundThePortTheContactIsAbsent() throws IOException {
    int port;
    try (ServerSocket free = bind()) {
      port = free.getLocalPort();
    }

    assertThat(ContactProbe.probe(new Endpoint("127.0.0.1", port))).isEqualTo(Presence.ABSENT);
  }

  @Test
  void aPortThatIsBoundButNotServedIsSilentAndMayBeAMember() throws IOException {
    try (ServerSocket bound = bind()) {
      assertThat(ContactProbe.probe(endpoint(bound))).isEqualTo(Presence.SILENT);
    }
  }

  @Test
  void aMemberThatOpensTheProtocolInReturnAnswers() throws IOException {
    try (ServerSocket bound = bind()) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveOnce(bound));

      assertThat(ContactProbe.probe(endpoint(bound))).isEqualTo(Presence.ANSWERING);
      assertThat(served).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void aContactWhoseNameDoesNotExistIsAbsent() {
    assertThat(ContactProbe.probe(new Endpoint("node.invalid", 5701))).isEqualTo(Presence.ABSENT);
  }

  private static ServerSocket bind() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
  }

  private static Endpoint endpoint(ServerSocket bound) {
    return new Endpoint("127.0.0.1", bound.getLocalPort());
  }

  private static void serveOnce(ServerSocket bound) {
    try (Socket socket = bound.accept()) {
      byte[] protocol = socket.getInputStream().readNBytes(3);
      socket.getOutputStream().write(protocol);
    } catch (IOException failure) {
      throw new IllegalStateException("the probe did not open the protocol", failure);
    }
  }
}
