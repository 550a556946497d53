package io.causa.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of secrets.
 *
 * <p>Owner: one thread; it keeps its digest, which is costly to look up for each request.
 */
public final class TokenHash {

  /** The length of a hash in the file, in hexadecimal digits. */
  static final int HEX_DIGITS = 64;

  private final MessageDigest digest;

  public TokenHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Returns the hash of the token's secret. */
  byte[] of(Token token) {
    return digest.digest(token.secretBytes());
  }

  /** Returns the hash as the file has it. */
  public String hex(Token token) {
    return HexFormat.of().formatHex(of(token));
  }

  /** Compares in a time that tells nothing about where two hashes differ. */
  boolean matches(Token token, byte[] expected) {
    return MessageDigest.isEqual(of(token), expected);
  }
}
