package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final String HOST = "127.0.0.1";

  @Test
  void noPortIsGivenTwice() {
    Ports ports = new Ports(HOST);
    assertThat(ports.free()).isNotEqualTo(ports.free()).isBetween(20_000, 32_000);
  }

  @Test
  void aTakenPortIsNamedWithTheFlagThatChangesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      int port = taken.getLocalPort();
      assertThat(Ports.isFree(HOST, port)).isFalse();
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> Ports.requireFree(HOST, port, "--base-port"))
          .withMessageContaining(HOST + ":" + port)
          .withMessageContaining("--base-port")
          .matches(failure -> failure.exitCode() == ExitCode.NODE_FAILED);
    }
  }
}
