package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The encryption of a node's HTTP, and whether its files have changed. */
final class HttpTls {

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  private final NodeConfig.Tls told;

  HttpTls(NodeConfig.Tls told) {
    this.told = told;
  }

  boolean isOn() {
    return told.isOn();
  }

  /** Sets a server up for encryption, if it is on. */
  void secure(HttpServerOptions options) {
    if (isOn()) {
      options
          .setSsl(true)
          .setUseAlpn(false)
          .setEnabledSecureTransportProtocols(PROTOCOLS)
          .setKeyCertOptions(identity());
      if (asksClients()) {
        options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(authority());
      }
    }
  }

  /** Returns the same for a server that runs: its files are read anew. */
  ServerSSLOptions options() {
    ServerSSLOptions options = new ServerSSLOptions();
    options.setUseAlpn(false);
    options.setEnabledSecureTransportProtocols(PROTOCOLS);
    options.setKeyCertOptions(identity());
    if (asksClients()) {
      options.setClientAuth(ClientAuth.REQUEST);
      options.setTrustOptions(authority());
    }
    return options;
  }

  private boolean asksClients() {
    return !told.clients().isBlank();
  }

  private PemKeyCertOptions identity() {
    return new PemKeyCertOptions().addCertPath(told.certificate()).addKeyPath(told.key());
  }

  private PemTrustOptions authority() {
    return new PemTrustOptions().addCertPath(told.clients());
  }

  /** Returns what changes when one of the files does. Blocks for the file system. */
  List<String> look() {
    List<String> look = new ArrayList<>();
    for (String file : List.of(told.certificate(), told.key(), told.clients())) {
      look.add(file.isBlank() ? "" : look(Path.of(file)));
    }
    return look;
  }

  private static String look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %d %s"
          .formatted(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException away) {
      return "away";
    }
  }
}
