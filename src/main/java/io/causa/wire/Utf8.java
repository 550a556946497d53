package io.causa.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** What is UTF-8 and what only looks so. */
public final class Utf8 {

  private static final int CHUNK_CHARS = 4096;

  private Utf8() {}

  /** Returns the index of the first byte that is no part of UTF-8; empty if all are. */
  public static OptionalInt malformedAt(byte[] bytes) {
    return isAscii(bytes) ? OptionalInt.empty() : decodedUpTo(bytes);
  }

  /** Most texts are, and to see that costs next to nothing. */
  private static boolean isAscii(byte[] bytes) {
    for (byte next : bytes) {
      if (next < 0) {
        return false;
      }
    }
    return true;
  }

  private static OptionalInt decodedUpTo(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer thrownAway = CharBuffer.allocate(Math.min(bytes.length + 1, CHUNK_CHARS));
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      thrownAway.clear();
      result = decoder.decode(in, thrownAway, true);
    }
    return result.isError() ? OptionalInt.of(in.position()) : OptionalInt.empty();
  }

  /** Returns whether UTF-8 can carry the text: half of a surrogate pair it cannot. */
  public static boolean canCarry(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
