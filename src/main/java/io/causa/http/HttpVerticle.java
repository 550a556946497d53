package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.causa.node.port.NodePort;
import io.causa.node.port.ProcessMemory;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves clients over HTTP/1.1. Deploy as many instances as there are cores: they share the port.
 *
 * <p>It answers from its first moment on; as long as the node is not ready, requests for data get
 * 503.
 *
 * <p>Owner: its own event loop. Bounds: {@link NodeConfig.Http}.
 */
public final class HttpVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);

  /** A negative port makes Vert.x choose a free one that all instances share. */
  private static final int SHARED_FREE_PORT = -1;

  /** The same, for the other listener. */
  private static final int SHARED_FREE_ADMIN_PORT = -2;

  private final NodePort node;
  private final NodeConfig.Http limits;
  private final Optional<NodeConfig.Admin> admin;
  private final HttpTls tls;
  private final HttpLoad load;
  private final Access access;
  private final OnceAMinute warning;
  private HttpServer server;
  private HttpServer adminServer;

  private HttpVerticle(
      NodePort node,
      NodeConfig.Http limits,
      Optional<NodeConfig.Admin> admin,
      HttpTls tls,
      HttpLoad load,
      Access access,
      OnceAMinute warning) {
    this.node = node;
    this.limits = limits;
    this.admin = admin;
    this.tls = tls;
    this.load = load;
    this.access = access;
    this.warning = warning;
  }

  /**
   * Returns what makes the instances of one node; they share the bounds on what HTTP may carry.
   *
   * @param node the node behind them
   * @param config where to listen, and what clients may ask for
   * @param access who may do what
   */
  public static Supplier<HttpVerticle> of(NodePort node, NodeConfig config, Access access) {
    return of(
        node,
        config.http(),
        config.adminIsApart() ? Optional.of(config.admin()) : Optional.empty(),
        config.tls(),
        access);
  }

  /**
   * @param admin where administration has a listener of its own; empty if it is served with data
   */
  static Supplier<HttpVerticle> of(
      NodePort node,
      NodeConfig.Http limits,
      Optional<NodeConfig.Admin> admin,
      NodeConfig.Tls tls,
      Access access) {
    HttpLoad load = HttpLoad.of(limits, ProcessMemory.ofThisJvm());
    OnceAMinute warning = new OnceAMinute(System::nanoTime, LOG::warn);
    return () -> new HttpVerticle(node, limits, admin, new HttpTls(tls), load, access, warning);
  }

  @Override
  public Future<?> start() {
    access.watch(vertx);
    BodyDeadlines deadlines = new BodyDeadlines(vertx, System::nanoTime, limits.bodyMillis());
    ConnectionGate gate = new ConnectionGate(vertx, load.connections(), warning);
    KeptTexts texts = new KeptTexts(node.clusterName());
    Edge edge = new Edge(node, limits, load, deadlines, texts, access);
    server =
        open(
            edge,
            admin.isPresent() ? Listener.DATA : Listener.BOTH,
            options().setHost(limits.host()).setPort(port(limits.port(), SHARED_FREE_PORT)),
            gate);
    adminServer = admin.map(at -> open(edge, at, gate)).orElse(null);
    List<HttpServer> servers = adminServer == null ? List.of(server) : List.of(server, adminServer);
    return Future.all(servers.stream().map(HttpServer::listen).toList())
        .onSuccess(listening -> renewCertificates(servers));
  }

  private void renewCertificates(List<HttpServer> servers) {
    if (tls.isOn()) {
      new TlsRenewal(vertx, tls, servers).start();
    }
  }

  private HttpServer open(Edge edge, NodeConfig.Admin at, ConnectionGate gate) {
    HttpServerOptions options =
        options().setHost(at.host()).setPort(port(at.port(), SHARED_FREE_ADMIN_PORT));
    return open(edge, Listener.ADMIN, options, gate);
  }

  private static int port(int told, int free) {
    return told == 0 ? free : told;
  }

  private HttpServer open(
      Edge edge, Listener listener, HttpServerOptions options, ConnectionGate gate) {
    Dispatcher dispatcher = new Dispatcher(edge, listener, gate, vertx);
    return vertx
        .createHttpServer(options)
        .connectionHandler(connection -> opened(connection, gate))
        .requestHandler(dispatcher.entry(vertx))
        .invalidRequestHandler(dispatcher::handleInvalid)
        .exceptionHandler(this::failed);
  }

  private void opened(HttpConnection connection, ConnectionGate gate) {
    new IdleGuard(System::nanoTime, limits.idleTimeoutMillis()).protect(connection);
    gate.opened(connection);
  }

  private void failed(Throwable failure) {
    MemoryGuard.check(node, failure);
    LOG.debug("a connection failed", failure);
  }

  /** Takes no more connections, and waits for the requests under way as long as the node allows. */
  @Override
  public Future<?> stop() {
    Future<?> data = server.shutdown(node.requestMillis(), TimeUnit.MILLISECONDS);
    return adminServer == null
        ? data
        : Future.all(data, adminServer.shutdown(node.requestMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * The TCP port in use, once started: of interest when any free one was asked for. Two nodes that
   * both take any free port must not share one Vert.x, or they would share the port as well.
   */
  public int port() {
    return server.actualPort();
  }

  /** The same for administration; only where it has a listener of its own. */
  int adminPort() {
    return adminServer.actualPort();
  }

  private HttpServerOptions options() {
    HttpServerOptions options = new HttpServerOptions();
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setIdleTimeout((int) limits.idleTimeoutMillis());
    options.setMaxInitialLineLength(limits.requestLineBytes());
    options.setMaxHeaderSize(limits.headerBytes());
    // One connection serves one version of HTTP: nothing to negotiate before the first answer.
    options.setHttp2ClearTextEnabled(false);
    // No strict thread mode: it writes past the queue of Vert.x, and that queue alone holds back a
    // client that sends requests and reads no answers.
    // Without these two, every message passes handlers for WebSockets, which no route offers.
    options.setPerFrameWebSocketCompressionSupported(false);
    options.setPerMessageWebSocketCompressionSupported(false);
    tls.secure(options);
    return options;
  }
}
