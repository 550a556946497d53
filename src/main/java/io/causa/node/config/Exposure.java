package io.causa.node.config;

import io.causa.access.HostName;

/** Whether others than this machine reach a node that asks nobody who they are. */
final class Exposure {

  private Exposure() {}

  /**
   * @throws ConfigException if they do and nobody said that they may
   */
  static void check(String host, NodeConfig.Access access) {
    if (!HostName.isLoopback(host) && !access.isProtected() && !access.insecure()) {
      throw new ConfigException(
          "http.host",
          "http.host is %s, which others than this machine may reach, and nobody would be asked who they are. Either require tokens (access.tokens: FILE, made by `causa token create`), or listen on this machine alone (http.host: 127.0.0.1), or allow it to anybody (--insecure, access.insecure: true)"
              .formatted(host));
    }
  }
}
