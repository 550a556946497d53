package io.causa.client;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;
import java.util.Set;

/**
 * How a client proves who it is, and whom it trusts.
 *
 * @param token the bearer token; empty for none. It is sent over plain HTTP as well: whoever reads
 *     along has it
 * @param authorities a PEM file of certificates, one of which must have signed the node's; empty
 *     for those that this Java trusts
 * @param identity the client's own certificate and key; empty for none
 */
public record ClientAccess(
    Optional<String> token, Optional<String> authorities, Optional<Identity> identity) {

  /** A client that proves nothing, as nodes on this machine take it. */
  public static final ClientAccess NONE =
      new ClientAccess(Optional.empty(), Optional.empty(), Optional.empty());

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /** A certificate and its key, two PEM files. */
  public record Identity(String certificate, String key) {}

  /** Returns the access of a client with that token. */
  public static ClientAccess ofToken(String token) {
    return new ClientAccess(Optional.of(token), Optional.empty(), Optional.empty());
  }

  /** Sets what an encrypted connection takes. */
  void secure(HttpClientOptions options) {
    options.setSsl(true).setVerifyHost(true).setEnabledSecureTransportProtocols(PROTOCOLS);
    authorities.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
    identity.ifPresent(
        own ->
            options.setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(own.certificate()).addKeyPath(own.key())));
  }

  /** Returns the access without its token, which belongs into no log. */
  @Override
  public String toString() {
    return "token %s, authorities %s, certificate %s"
        .formatted(
            token.isPresent() ? "given" : "none",
            authorities.orElse("of Java"),
            identity.map(Identity::certificate).orElse("none"));
  }
}
