package io.causa.core.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Collects bytes in an array that grows. Numbers are unsigned LEB128 varints (7 bits a byte, the
 * lowest first), so small ones take one byte.
 *
 * <p>Not thread-safe.
 */
public final class ByteWriter {

  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD_MASK = 0x7f;
  private static final int MORE = 0x80;
  private static final int MOST_LENGTH_BYTES = 5;

  private byte[] array;
  private int size;

  public ByteWriter(int expectedBytes) {
    array = new byte[Math.max(16, expectedBytes)];
  }

  public int size() {
    return size;
  }

  public ByteWriter writeByte(int value) {
    reserve(1);
    array[size++] = (byte) value;
    return this;
  }

  /** Four bytes, the highest first. */
  public ByteWriter writeInt(int value) {
    return writeByte(value >>> 24).writeByte(value >>> 16).writeByte(value >>> 8).writeByte(value);
  }

  /** 1 to 9 bytes for a number that is not negative; a negative one takes 10. */
  public ByteWriter writeVarint(long value) {
    long rest = value;
    while ((rest & ~PAYLOAD_MASK) != 0) {
      writeByte((int) rest & PAYLOAD_MASK | MORE);
      rest >>>= PAYLOAD_BITS;
    }
    return writeByte((int) rest);
  }

  /** A number of either sign whose absolute value is likely to be small (zigzag). */
  public ByteWriter writeSigned(long value) {
    return writeVarint(value << 1 ^ value >> 63);
  }

  /** The bytes without their length. */
  public ByteWriter writeRaw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
    return this;
  }

  /** The bytes with their length in front. */
  public ByteWriter writeBytes(byte[] bytes) {
    return writeVarint(bytes.length).writeRaw(bytes);
  }

  /**
   * The text in UTF-8 with its length in bytes in front.
   *
   * @throws IllegalArgumentException if half of a surrogate pair stands alone: UTF-8 cannot say it,
   *     and another replica would read another text
   */
  public ByteWriter writeString(String text) {
    if (!isAscii(text)) {
      checkEncodable(text);
      return writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    writeVarint(text.length());
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      array[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  /** Most texts are, and need no encoder. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= MORE) {
        return false;
      }
    }
    return true;
  }

  /**
   * Begins bytes that are to have their length in front.
   *
   * @return what {@link #endSized} is to be told
   */
  int beginSized() {
    int begin = size;
    reserve(MOST_LENGTH_BYTES);
    size += MOST_LENGTH_BYTES;
    return begin;
  }

  /** All that was written since then gets its length in front. */
  void endSized(int begin) {
    int from = begin + MOST_LENGTH_BYTES;
    int length = size - from;
    size = begin;
    writeVarint(length);
    System.arraycopy(array, from, array, size, length);
    size += length;
  }

  private static void checkEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          throw new IllegalArgumentException(
              "UTF-8 has no form for the lone surrogate at " + i + " in \"" + text + "\"");
        }
        i++;
      }
    }
  }

  /** The CRC-32C of everything written so far. */
  public int crc() {
    CRC32C crc = new CRC32C();
    crc.update(array, 0, size);
    return (int) crc.getValue();
  }

  public byte[] toBytes() {
    return Arrays.copyOf(array, size);
  }

  private void reserve(int bytes) {
    if (size + bytes > array.length) {
      array = Arrays.copyOf(array, Math.max(size + bytes, 2 * array.length));
    }
  }
}
