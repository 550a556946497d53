package io.causa.wire;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was read from bytes that come again and again: it is checked and made once, and is the same
 * object the next time. The form of the bytes must say where they end, and what is read must not
 * change.
 *
 * <p>Thread-safe. Bounds: so many of them, the latest ones, each of {@link #MOST_BYTES} at the
 * most.
 *
 * @param <T> what the bytes mean
 */
final class KnownBytes<T> {

  /** Longer ones are read each time. */
  static final int MOST_BYTES = 8192;

  private record Known<T>(byte[] bytes, T value) {}

  /** Reads what is not known yet. */
  interface Reading<T> {
    T read(ByteReader in) throws MalformedException;
  }

  private final int most;
  private volatile List<Known<T>> latestFirst = List.of();

  /**
   * @param most how many are kept at the most
   */
  KnownBytes(int most) {
    this.most = most;
  }

  T read(ByteReader in, Reading<T> reading) throws MalformedException {
    for (Known<T> known : latestFirst) {
      if (in.pass(known.bytes())) {
        return known.value();
      }
    }
    int begin = in.position();
    T value = reading.read(in);
    if (in.position() - begin <= MOST_BYTES) {
      remember(new Known<>(in.readSince(begin), value));
    }
    return value;
  }

  /** Of two that are read at the same moment one may be forgotten: it is read again then. */
  private void remember(Known<T> known) {
    List<Known<T>> more = new ArrayList<>();
    more.add(known);
    for (Known<T> before : latestFirst) {
      if (more.size() < most) {
        more.add(before);
      }
    }
    latestFirst = List.copyOf(more);
  }
}
