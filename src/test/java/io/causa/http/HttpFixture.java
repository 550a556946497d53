package io.causa.http;

import io.causa.access.FailureLimit;
import io.causa.access.HostRules;
import io.causa.access.OriginRules;
import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.node.config.NodeConfig;
import io.causa.wire.ContextToken;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An {@link HttpVerticle} with small limits on a free port, over a fake node. */
final class HttpFixture implements BeforeEachCallback, AfterEachCallback {

  static final NodeConfig.Http LIMITS = limits(30_000, 40);

  /** Nobody is asked, whatever name they call the node by. */
  static final Access OPEN = access(HostRules.any());

  static final NodeConfig.Tls NO_TLS = new NodeConfig.Tls("", "", "");

  private final NodeConfig.Http limits;
  private final Access access;
  private final Optional<NodeConfig.Admin> admin;
  private final NodeConfig.Tls tls;

  private Vertx vertx;
  private HttpVerticle verticle;
  FakeNode node;

  HttpFixture() {
    this(LIMITS, OPEN);
  }

  HttpFixture(NodeConfig.Http limits) {
    this(limits, OPEN);
  }

  HttpFixture(NodeConfig.Http limits, Access access) {
    this(limits, Optional.empty(), NO_TLS, access);
  }

  HttpFixture(
      NodeConfig.Http limits, Optional<NodeConfig.Admin> admin, NodeConfig.Tls tls, Access access) {
    this.limits = limits;
    this.tls = tls;
    this.admin = admin;
    this.access = access;
  }

  private static Access access(HostRules hosts) {
    return new Access(
        Optional.empty(), new OriginRules(List.of()), hosts, new FailureLimit(3, 60_000), false);
  }

  /** The usual small limits, but for these two. */
  static NodeConfig.Http limits(long bodyMillis, int connections) {
    return new NodeConfig.Http(
        "127.0.0.1",
        0,
        64,
        1024,
        4096,
        4,
        3,
        5,
        4096,
        2048,
        100,
        20_000,
        15_000,
        30_000,
        bodyMillis,
        16_384,
        32_768,
        connections);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    vertx = Vertx.vertx();
    node = new FakeNode(vertx);
    verticle = HttpVerticle.of(node, limits, admin, tls, access).get();
    FakeStore.join(() -> vertx.deployVerticle(verticle));
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    FakeStore.join(vertx::close);
  }

  RawConnection connect() throws IOException {
    return new RawConnection(verticle.port());
  }

  int port() {
    return verticle.port();
  }

  RawConnection connectToAdmin() throws IOException {
    return new RawConnection(verticle.adminPort());
  }

  Reply get(String target, String... headers) throws IOException {
    return send("GET", target, null, headers);
  }

  Reply put(String target, String body, String... headers) throws IOException {
    return send("PUT", target, body, headers);
  }

  /**
   * One request on a connection of its own.
   *
   * @param body null for none
   * @param headers as whole lines, {@code Name: value}
   */
  Reply send(String method, String target, String body, String... headers) throws IOException {
    try (RawConnection connection = connect()) {
      connection.write(request(method, target, body, headers));
      return connection.read(!method.equals("HEAD"));
    }
  }

  static byte[] request(String method, String target, String body, String... headers) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: test\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (body != null) {
      text.append("Content-Length: ")
          .append(body.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
    }
    return text.append("\r\n")
        .append(body == null ? "" : body)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The header line of a context of these dots. */
  static String context(Dot... dots) {
    return "Causa-Context: " + ContextToken.encode(VersionVector.of(dots), FakeNode.CLUSTER);
  }

  /** A context that no test ever reaches by accident. */
  static Dot peerDot(long sequence) {
    return new Dot(FakeNode.PEER, sequence);
  }

  /** Waits until that many requests are parked at the store. */
  void awaitParked(int requests) {
    awaitParked(node, requests);
  }

  static void awaitParked(FakeNode node, int requests) {
    await(() -> parked(node) == requests);
  }

  private static int parked(FakeNode node) {
    try {
      return FakeStore.join(node.store::parked);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition did not come true within 10 s");
      }
      Thread.onSpinWait();
    }
  }
}
