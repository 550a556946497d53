package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.node.config.NodeConfigLoader;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection without traffic for a second is closed, but not while it waits for an answer. */
class IdleConnectionTest {

  @RegisterExtension
  final HttpFixture http =
      new HttpFixture(
          NodeConfigLoader.load(
                  Map.of("http.port", "0", "http.idleTimeoutMillis", "1000"),
                  Map.of(),
                  Optional.empty())
              .http());

  @Test
  void aRequestUnderWayOutlivesTheTimeoutAndItsConnectionDoesNot() throws Exception {
    try (RawConnection waiting = http.connect()) {
      waiting.write(
          HttpFixture.request(
              "GET",
              "/kv/a",
              null,
              HttpFixture.context(HttpFixture.peerDot(1)),
              "Prefer: wait=30"));
      http.awaitParked(1);
      anIdleConnectionIsClosed();
      anIdleConnectionIsClosed();

      http.node.applyFromPeer(1, 1, new Mutation.Put("a", Value.text("late")));

      assertThat(waiting.read(true).text()).isEqualTo("late");
      waiting.write(HttpFixture.request("GET", "/kv/a", null));
      assertThat(waiting.read(true).text()).as("the connection serves on").isEqualTo("late");
      assertThat(waiting.isAtEnd()).isTrue();
    }
  }

  @Test
  void aConnectionThatNeverAskedIsClosed() throws Exception {
    try (RawConnection silent = http.connect();
        RawConnection unfinished = http.connect()) {
      unfinished.write("GET /kv/a HTTP/1.1\r\nHost: te");
      assertThat(silent.isAtEnd()).isTrue();
      assertThat(unfinished.isAtEnd()).isTrue();
    }
  }

  private void anIdleConnectionIsClosed() throws IOException {
    try (RawConnection idle = http.connect()) {
      idle.write(HttpFixture.request("GET", "/health/live", null));
      assertThat(idle.read(true).status()).isEqualTo(200);
      assertThat(idle.isAtEnd()).isTrue();
    }
  }
}
