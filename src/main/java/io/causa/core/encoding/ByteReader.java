package io.causa.core.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote, from bytes that nobody vouches for: every length is held
 * against what is left before anything is allocated.
 *
 * <p>Not thread-safe.
 */
public final class ByteReader {

  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD_MASK = 0x7f;
  private static final int MORE = 0x80;
  private static final int LONG_BITS = 64;

  private final ByteBuffer bytes;

  public ByteReader(byte[] array) {
    this(array, 0, array.length);
  }

  /** Reads the part of the array that starts at {@code from} and ends before {@code to}. */
  public ByteReader(byte[] array, int from, int to) {
    bytes = ByteBuffer.wrap(array, from, to - from);
  }

  public int remaining() {
    return bytes.remaining();
  }

  /** One byte, 0 to 255. */
  public int readByte() throws MalformedException {
    require(1);
    return bytes.get() & 0xff;
  }

  /** Four bytes, the highest first. */
  public int readInt() throws MalformedException {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  public long readVarint() throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < LONG_BITS; shift += PAYLOAD_BITS) {
      int next = readByte();
      value |= (long) (next & PAYLOAD_MASK) << shift;
      if ((next & MORE) == 0) {
        return value;
      }
    }
    throw new MalformedException("a number has more than 10 bytes");
  }

  public long readSigned() throws MalformedException {
    long value = readVarint();
    return value >>> 1 ^ -(value & 1);
  }

  /** A number from {@code min} to {@code max}; {@code what} names it in the failure. */
  public long readBetween(long min, long max, String what) throws MalformedException {
    return check(readVarint(), min, max, what);
  }

  /**
   * How many things follow, each of at least {@code leastBytes}: more than the rest of the bytes
   * can hold is malformed, so a count never makes anyone allocate much.
   */
  public int readCount(int leastBytes, String what) throws MalformedException {
    long count = readVarint();
    return (int) check(count, 0, remaining() / leastBytes, "the number of " + what);
  }

  /** Bytes with their length in front. */
  public byte[] readBytes(String what) throws MalformedException {
    return readBytes(Integer.MAX_VALUE, what);
  }

  private byte[] readBytes(int mostBytes, String what) throws MalformedException {
    byte[] read = new byte[readLength(mostBytes, what)];
    bytes.get(read);
    return read;
  }

  private int readLength(int mostBytes, String what) throws MalformedException {
    long length = readVarint();
    long most = Math.min(mostBytes, remaining());
    if (length < 0 || length > most) {
      check(length, 0, most, "the length of " + what);
    }
    return (int) length;
  }

  /** Passes over bytes with their length in front; returns a reader of just these. */
  ByteReader slice(String what) throws MalformedException {
    int length = (int) check(readVarint(), 0, remaining(), "the length of " + what);
    int from = bytes.position();
    bytes.position(from + length);
    return new ByteReader(bytes.array(), from, from + length);
  }

  /** Returns all that is left. */
  public byte[] readRest() {
    byte[] rest = new byte[remaining()];
    bytes.get(rest);
    return rest;
  }

  /** A text in UTF-8 with its length in bytes in front. */
  public String readString(String what) throws MalformedException {
    return readString(Integer.MAX_VALUE, what);
  }

  /** The same, of no more than so many bytes. */
  public String readString(int mostBytes, String what) throws MalformedException {
    int length = readLength(mostBytes, what);
    int from = bytes.position();
    bytes.position(from + length);
    return isAscii(from, length)
        ? new String(bytes.array(), from, length, StandardCharsets.ISO_8859_1)
        : decode(ByteBuffer.wrap(bytes.array(), from, length), what);
  }

  /** Most texts are, and need no decoder. */
  private boolean isAscii(int from, int length) {
    byte[] array = bytes.array();
    for (int i = from; i < from + length; i++) {
      if (array[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static String decode(ByteBuffer utf8, String what) throws MalformedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException(what + " is not UTF-8");
    }
  }

  /** Returns where the next byte stands, for {@link #readSince}. */
  public int position() {
    return bytes.position();
  }

  /** Returns a copy of what was read since the reader stood there. */
  public byte[] readSince(int position) {
    return Arrays.copyOfRange(bytes.array(), position, bytes.position());
  }

  /** Passes these bytes if they come next; false, and nothing is passed, if they do not. */
  public boolean pass(byte[] expected) {
    int at = bytes.position();
    int end = at + expected.length;
    boolean passed =
        end <= bytes.limit() && Arrays.equals(bytes.array(), at, end, expected, 0, expected.length);
    if (passed) {
      bytes.position(end);
    }
    return passed;
  }

  /** The end of what one writer wrote. */
  public void requireEnd() throws MalformedException {
    if (remaining() > 0) {
      throw new MalformedException(remaining() + " bytes too many");
    }
  }

  private static long check(long value, long min, long max, String what) throws MalformedException {
    if (value < min || value > max) {
      throw new MalformedException(what + " is " + value + ", not " + min + " to " + max);
    }
    return value;
  }

  private void require(int count) throws MalformedException {
    if (remaining() < count) {
      throw new MalformedException(
          "the bytes end where " + count + " more were expected, at " + bytes.position());
    }
  }
}
