package io.causa.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives servers that run the certificates that their files have by now. Files that cannot be used
 * leave the last good ones in force.
 *
 * <p>Owner: one HTTP loop; the files are looked at each second, on a worker.
 */
final class TlsRenewal {

  private static final Logger LOG = LoggerFactory.getLogger(TlsRenewal.class);
  private static final long LOOK_MILLIS = 1000;

  private final Vertx vertx;
  private final HttpTls tls;
  private final List<HttpServer> servers;
  private List<String> last;
  private boolean looking;

  TlsRenewal(Vertx vertx, HttpTls tls, List<HttpServer> servers) {
    this.vertx = vertx;
    this.tls = tls;
    this.servers = List.copyOf(servers);
  }

  /** Begins to look, until the verticle ends. */
  void start() {
    last = tls.look();
    vertx.setPeriodic(LOOK_MILLIS, each -> look());
  }

  private void look() {
    if (!looking) {
      looking = true;
      vertx.executeBlocking(tls::look).onComplete(looked -> renew(looked.result()));
    }
  }

  private void renew(List<String> now) {
    looking = false;
    if (now == null || now.equals(last)) {
      return;
    }
    last = now;
    Future.all(
            servers.stream().map(server -> server.updateSSLOptions(tls.options(), true)).toList())
        .onSuccess(renewed -> LOG.info("the certificates have changed, and are in force"))
        .onFailure(
            unusable ->
                LOG.error(
                    "the certificates stay as they were, because the files cannot be used: {}",
                    unusable.getMessage()));
  }
}
