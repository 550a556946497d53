package io.causa.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who may do something: all tokens and client certificates. It does not change. */
public final class AccessList {

  /** The most tokens, and the most certificates, of one list. */
  public static final int MOST_ENTRIES = 10_000;

  private record Known(byte[] hash, Identity identity) {}

  private final List<TokenEntry> tokens;
  private final List<CertificateEntry> certificates;
  private final Map<String, Known> tokensById = new HashMap<>();
  private final Map<String, Identity> bySubject = new HashMap<>();

  /**
   * @throws IllegalArgumentException if an id or a subject is given twice, or there are too many;
   *     the message is for people
   */
  public AccessList(List<TokenEntry> tokens, List<CertificateEntry> certificates) {
    this.tokens = List.copyOf(tokens);
    this.certificates = List.copyOf(certificates);
    if (Math.max(tokens.size(), certificates.size()) > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "there are %d tokens and %d certificates, allowed are %d of each"
              .formatted(tokens.size(), certificates.size(), MOST_ENTRIES));
    }
    tokens.forEach(this::add);
    certificates.forEach(this::add);
  }

  private void add(TokenEntry token) {
    Identity identity = new Identity("token " + token.id(), token.grant());
    if (tokensById.put(token.id(), new Known(token.hashBytes(), identity)) != null) {
      throw new IllegalArgumentException("the token %s stands twice".formatted(token.id()));
    }
  }

  private void add(CertificateEntry certificate) {
    Identity identity = new Identity("certificate " + certificate.subject(), certificate.grant());
    if (bySubject.put(certificate.subject(), identity) != null) {
      throw new IllegalArgumentException(
          "the certificate %s stands twice".formatted(certificate.subject()));
    }
  }

  public List<TokenEntry> tokens() {
    return tokens;
  }

  public List<CertificateEntry> certificates() {
    return certificates;
  }

  /** Returns the list with one more token. */
  public AccessList with(TokenEntry token) {
    List<TokenEntry> more = new ArrayList<>(tokens);
    more.add(token);
    return new AccessList(more, certificates);
  }

  /** Returns the list without that token; empty if it has no such token. */
  public Optional<AccessList> without(String id) {
    List<TokenEntry> fewer = tokens.stream().filter(token -> !token.id().equals(id)).toList();
    return fewer.size() == tokens.size()
        ? Optional.empty()
        : Optional.of(new AccessList(fewer, certificates));
  }

  /** Returns the bearer of the token; empty if the list does not name the token. */
  Optional<Identity> bearerOf(Token token, TokenHash hash) {
    Known known = tokensById.get(token.id());
    return known != null && hash.matches(token, known.hash)
        ? Optional.of(known.identity)
        : Optional.empty();
  }

  /** Returns the bearer of that subject's certificate; empty if the list does not name it. */
  Optional<Identity> ownerOf(String subject) {
    return Optional.ofNullable(bySubject.get(subject));
  }
}
