package io.causa.access;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A token as the file keeps it.
 *
 * @param id by which the token is found, and by which people speak of it
 * @param hash the SHA-256 of its secret, 64 hexadecimal digits
 * @param created when, for people
 * @param note what it is for, for people
 */
public record TokenEntry(String id, String hash, Grant grant, String created, String note) {

  /**
   * @throws IllegalArgumentException if it can be no entry; the message is for people
   */
  public TokenEntry {
    if (id == null || !Token.isId(id)) {
      throw new IllegalArgumentException("\"%s\" is no id of a token".formatted(id));
    }
    boolean hexadecimal =
        hash != null && hash.length() == TokenHash.HEX_DIGITS && hash.matches("[0-9a-fA-F]+");
    if (!hexadecimal) {
      throw new IllegalArgumentException(
          "the hash of token %s is not %d hexadecimal digits".formatted(id, TokenHash.HEX_DIGITS));
    }
    hash = hash.toLowerCase(Locale.ROOT);
    created = created == null ? "" : created;
    note = note == null ? "" : note;
  }

  byte[] hashBytes() {
    return HexFormat.of().parseHex(hash);
  }
}
