package io.causa.http;

import io.causa.access.AccessList;
import io.causa.access.CertificateEntry;
import io.causa.access.FailureLimit;
import io.causa.access.Grant;
import io.causa.access.HostRules;
import io.causa.access.OriginRules;
import io.causa.access.Role;
import io.causa.access.Token;
import io.causa.access.TokenEntry;
import io.causa.access.TokenHash;
import io.causa.access.file.AccessFile;
import io.causa.access.file.AccessSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The access of a node that asks for tokens, with a file of its own. */
final class AccessFixture {

  static final int FAILURES = 3;

  private final Path path;
  private final List<TokenEntry> entries = new ArrayList<>();
  final String reader = token(Role.READ);
  final String writer = token(Role.WRITE);
  final String admin = token(Role.ADMIN);
  final String limitedReader = token(Role.READ, "a/", "b");
  final String readerOfH = token(Role.READ, "h");
  final String limitedWriter = token(Role.WRITE, "a/");
  final Access access;

  AccessFixture() {
    try {
      path = Files.createTempDirectory("causa-access").resolve("tokens.yaml");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    path.toFile().deleteOnExit();
    path.getParent().toFile().deleteOnExit();
    save();
    access =
        new Access(
            Optional.of(AccessSource.open(file())),
            new OriginRules(List.of("https://app.example")),
            HostRules.any(),
            new FailureLimit(FAILURES, 60_000),
            false);
  }

  AccessFile file() {
    return new AccessFile(path);
  }

  void save() {
    file()
        .write(
            new AccessList(
                entries,
                List.of(new CertificateEntry("CN=reports", new Grant(Role.READ, List.of()), ""))));
  }

  /** Adds a token; it is in force once the file is saved and looked at. */
  String token(Role role, String... prefixes) {
    byte[] random = new byte[Token.RANDOM_BYTES];
    Arrays.fill(random, (byte) entries.size());
    Token token = Token.of(random);
    Grant grant = new Grant(role, List.of(prefixes));
    entries.add(new TokenEntry(token.id(), new TokenHash().hex(token), grant, "", ""));
    return token.text();
  }

  void revokeAll() {
    entries.clear();
    save();
  }

  static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }
}
