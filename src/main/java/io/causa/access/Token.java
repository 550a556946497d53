package io.causa.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A bearer token: {@code causa_}, an id by which the file of tokens finds it, {@code _}, and a
 * secret of 256 random bits.
 *
 * <p>So long a random secret cannot be guessed, and one SHA-256 is enough to keep it: a slow
 * password hash would protect no further.
 *
 * @param id 10 letters and digits, no secret
 * @param secret 43 characters of base64url
 */
public record Token(String id, String secret) {

  /** How many random bytes a token is made of. */
  public static final int RANDOM_BYTES = Token.ID_CHARS + Token.SECRET_BYTES;

  private static final String PREFIX = "causa_";
  private static final int ID_CHARS = 10;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARS = 43;
  private static final int SECRET_AT = PREFIX.length() + ID_CHARS + 1;
  private static final int LENGTH = SECRET_AT + SECRET_CHARS;

  /**
   * 32 characters, so that each takes 5 bits of a byte evenly; those that look alike are left out.
   */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  /**
   * Makes a token.
   *
   * @param random {@value #RANDOM_BYTES} bytes from a cryptographic source
   */
  public static Token of(byte[] random) {
    if (random.length != RANDOM_BYTES) {
      throw new IllegalArgumentException("a token takes %d bytes".formatted(RANDOM_BYTES));
    }
    StringBuilder id = new StringBuilder(ID_CHARS);
    for (int i = 0; i < ID_CHARS; i++) {
      id.append(ALPHABET.charAt(random[i] & (ALPHABET.length() - 1)));
    }
    byte[] secret = new byte[SECRET_BYTES];
    System.arraycopy(random, ID_CHARS, secret, 0, SECRET_BYTES);
    return new Token(id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Reads a token; empty if the text has not its form. */
  public static Optional<Token> parse(String text) {
    boolean formed =
        text.length() == LENGTH && text.startsWith(PREFIX) && text.charAt(SECRET_AT - 1) == '_';
    if (!formed || !isId(text.substring(PREFIX.length(), SECRET_AT - 1))) {
      return Optional.empty();
    }
    return Optional.of(
        new Token(text.substring(PREFIX.length(), SECRET_AT - 1), text.substring(SECRET_AT)));
  }

  /** Returns whether the text can be the id of a token. */
  public static boolean isId(String text) {
    return text.length() == ID_CHARS && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  /** Returns what is hashed: the secret alone, of which every character counts. */
  byte[] secretBytes() {
    return secret.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the whole token, as a client sends it. To be shown once, and logged never. */
  public String text() {
    return PREFIX + id + "_" + secret;
  }

  /** Returns the token without its secret. */
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }
}
