package io.causa.access;

import java.util.Optional;

/**
 * Decides who asks, and whether the caller may.
 *
 * <p>Owner: one thread.
 */
public final class AccessCheck {

  private static final String BEARER = "Bearer ";

  private final TokenHash hash = new TokenHash();

  /**
   * Decides.
   *
   * @param list everybody who may do something
   * @param right what the request needs
   * @param authorization the header of that name; null if there is none
   * @param subject the subject of the client's certificate, which was verified; null without one
   */
  public Verdict check(AccessList list, Right right, String authorization, String subject) {
    if (authorization != null) {
      return checkToken(list, right, authorization);
    }
    if (subject == null) {
      return right == Right.OPEN ? new Verdict.Stranger() : new Verdict.Missing(right);
    }
    return list.ownerOf(subject)
        .map(identity -> decide(identity, right))
        .orElseGet(
            () ->
                new Verdict.Wrong(
                    right, "the certificate \"%s\" has no grant here".formatted(subject)));
  }

  private Verdict checkToken(AccessList list, Right right, String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new Verdict.Wrong(right, "the header Authorization is not \"Bearer\" and a token");
    }
    Optional<Token> token = Token.parse(authorization.substring(BEARER.length()).strip());
    if (token.isEmpty()) {
      return new Verdict.Wrong(right, "the token has not the form of a token of Causa");
    }
    return list.bearerOf(token.get(), hash)
        .map(identity -> decide(identity, right))
        .orElseGet(() -> new Verdict.Wrong(right, "the token is unknown here, or was revoked"));
  }

  private static Verdict decide(Identity identity, Right right) {
    return identity.grant().role().grants(right)
        ? new Verdict.Allowed(identity)
        : new Verdict.Lacking(identity, right);
  }
}
