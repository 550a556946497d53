package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.causa.node.port.NodePort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
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

  private final Edge edge;
  private HttpServer server;

  /**
   * @param node the node behind it
   * @param limits the address to listen on, and what clients may ask for
   */
  public HttpVerticle(NodePort node, NodeConfig.Http limits) {
    this.edge = new Edge(node, limits);
  }

  @Override
  public Future<?> start() {
    Dispatcher dispatcher = new Dispatcher(edge, vertx);
    server =
        vertx
            .createHttpServer(options(edge.limits()))
            .requestHandler(dispatcher.router(vertx))
            .invalidRequestHandler(dispatcher::handleInvalid)
            .exceptionHandler(failure -> LOG.debug("a connection failed", failure));
    return server.listen();
  }

  /** Takes no more connections, and waits for the requests under way as long as the node allows. */
  @Override
  public Future<?> stop() {
    return server.shutdown(edge.node().requestMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The TCP port in use, once started: of interest when any free one was asked for. Two nodes that
   * both take any free port must not share one Vert.x, or they would share the port as well.
   */
  public int port() {
    return server.actualPort();
  }

  private static HttpServerOptions options(NodeConfig.Http limits) {
    HttpServerOptions options = new HttpServerOptions();
    options.setHost(limits.host());
    options.setPort(limits.port() == 0 ? SHARED_FREE_PORT : limits.port());
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setIdleTimeout((int) limits.idleTimeoutMillis());
    options.setMaxInitialLineLength(limits.requestLineBytes());
    options.setMaxHeaderSize(limits.headerBytes());
    // One connection serves one version of HTTP: nothing to negotiate before the first answer.
    options.setHttp2ClearTextEnabled(false);
    return options;
  }
}
