package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {

  private final Vertx vertx = Vertx.vertx();
  private final FakeNode node = new FakeNode(vertx);

  @AfterEach
  void close() throws Exception {
    FakeStore.join(vertx::close);
  }

  @Test
  void aLackOfMemoryEndsTheNodeHoweverDeepItLies() {
    OutOfMemoryError lack = new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffers");

    MemoryGuard.check(node, new IOException(new IllegalStateException(lack)));

    assertThat(node.outOfMemory).isSameAs(lack);
  }

  @Test
  void otherFailuresDoNot() {
    Exception circular = new Exception("a");
    circular.initCause(new Exception("b", circular));

    MemoryGuard.check(node, circular);
    MemoryGuard.check(node, new IOException("reset by peer"));

    assertThat(node.outOfMemory).isNull();
  }
}
