package io.causa.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** An immutable run of bytes with equality by content. */
public final class Bytes {

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Takes the array over: the caller must not change it any more. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(Objects.requireNonNull(array, "array"));
  }

  /** The text in UTF-8. */
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return array.length;
  }

  /** The array itself, not a copy: the caller must not change it. */
  public byte[] unsafeArray() {
    return array;
  }

  /** The bytes read as UTF-8; malformed input becomes the replacement character. */
  public String utf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Bytes other && Arrays.equals(array, other.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length <= 64 ? utf8() : array.length + " bytes";
  }
}
