package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client may send many requests at once, and read no answer. */
class SlowReaderTest {

  private static final int VALUE_BYTES = 1024;

  /** So many answers are several times what the sockets of two ends take in. */
  private static final int REQUESTS = 20_000;

  /** As long as nothing happens while so many other requests are answered, nothing will. */
  private static final int QUIET_REQUESTS = 200;

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void isAnsweredNoFurtherAheadThanItsSocketTakes() throws Exception {
    assertThat(http.put("/kv/a", "x".repeat(VALUE_BYTES)).status()).isEqualTo(200);
    try (RawConnection slow = http.connect();
        RawConnection other = http.connect()) {
      long looksForKey = looksFor(other, "/kv/a");
      long looksForOther = looksFor(other, "/health/live");
      String requests = "GET /kv/a HTTP/1.1\r\nHost: test\r\n\r\n".repeat(REQUESTS);
      long before = http.node.store.looks();
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(slow, requests));

      long looksForOthers = 0;
      int quiet = 0;
      while (quiet < QUIET_REQUESTS) {
        quiet = looksFor(other, "/health/live") == looksForOther ? quiet + 1 : 0;
        looksForOthers += looksForOther;
      }

      long looks = http.node.store.looks() - before - looksForOthers;
      assertThat(looks / looksForKey).isLessThan(REQUESTS / 2);
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(slow.read(true).text()).hasSize(VALUE_BYTES);
      }
      sent.get(10, TimeUnit.SECONDS);
    }
  }

  private static void write(RawConnection connection, String requests) {
    try {
      connection.write(requests);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns how often anybody looked into the store while this request was answered. */
  private long looksFor(RawConnection connection, String target) throws IOException {
    long before = http.node.store.looks();
    connection.write(HttpFixture.request("GET", target, null));
    assertThat(connection.read(true).status()).isEqualTo(200);
    return http.node.store.looks() - before;
  }
}
