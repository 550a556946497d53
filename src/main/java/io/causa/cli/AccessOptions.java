package io.causa.cli;

import io.causa.client.CausaClient;
import io.causa.client.ClientAccess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command proves to nodes who it is: the same options wherever a command talks to nodes. */
final class AccessOptions {
  static final String TOKEN = "CAUSA_TOKEN";
  static final String TOKEN_FILE = "CAUSA_TOKEN_FILE";
  static final String AUTHORITIES = "CAUSA_TLS_CA";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "The file that has the token (default: $$CAUSA_TOKEN_FILE, or the token itself in"
              + " $$CAUSA_TOKEN).")
  Path tokenFile;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "The authority that signs the nodes' certificates, PEM (default: $$CAUSA_TLS_CA, else"
              + " those of Java).")
  Path authorities;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "The client's own certificate, PEM.")
  Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of that certificate, PEM.")
  Path key;

  /**
   * Opens a client of one node.
   *
   * @throws IllegalArgumentException if it is no address of a node
   * @throws CommandFailure if a file cannot be used
   */
  CausaClient open(Vertx vertx, String url) {
    return CausaClient.open(vertx, url, access(System.getenv()));
  }

  ClientAccess access(Map<String, String> environment) {
    if ((certificate == null) != (key == null)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--tls-certificate and --tls-key belong together; give both or neither");
    }
    return new ClientAccess(
        token(environment),
        Optional.ofNullable(authorities)
            .map(Path::toString)
            .or(() -> given(environment, AUTHORITIES))
            .map(file -> readable(file, "--tls-ca")),
        Optional.ofNullable(certificate)
            .map(
                file ->
                    new ClientAccess.Identity(
                        readable(file.toString(), "--tls-certificate"),
                        readable(key.toString(), "--tls-key"))));
  }

  private Optional<String> token(Map<String, String> environment) {
    Optional<Path> file =
        Optional.ofNullable(tokenFile).or(() -> given(environment, TOKEN_FILE).map(Path::of));
    Optional<String> token = file.map(AccessOptions::firstLine).or(() -> given(environment, TOKEN));
    token
        .filter(text -> !text.matches("[!-~]+"))
        .ifPresent(
            wrong -> {
              throw new CommandFailure(
                  ExitCode.USAGE,
                  "the token of %s is no single word of ASCII"
                      .formatted(file.map(Path::toString).orElse("$" + TOKEN)));
            });
    return token;
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE, Reasons.cannot("read", file, unreadable), unreadable);
    }
  }

  private static String readable(String file, String option) {
    if (!Files.isReadable(Path.of(file))) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s %s is no file that can be read".formatted(option, file));
    }
    return file;
  }
}
