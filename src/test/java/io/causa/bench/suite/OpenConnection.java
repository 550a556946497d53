package io.causa.bench.suite;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One connection of an {@link OpenLoop}: one request under way at a time, and answers that tell
 * their length.
 */
final class OpenConnection {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;

  private final SocketChannel channel;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES);
  private long request;
  private long startNanos;

  OpenConnection(InetSocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  void register(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends a request; requests are small, so the socket takes them at once. */
  void send(byte[] bytes, long number, long mustStartNanos) throws IOException {
    request = number;
    startNanos = mustStartNanos;
    received.clear();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /** Takes in what has come; tells whether the answer is complete. */
  boolean receive() throws IOException {
    if (channel.read(received) < 0) {
      throw new EOFException("the server has closed a connection");
    }
    int head = endOfHead();
    return head >= 0 && received.position() >= head + contentLength();
  }

  private int endOfHead() {
    byte[] bytes = received.array();
    for (int i = 0; i + END.length <= received.position(); i++) {
      if (Arrays.equals(bytes, i, i + END.length, END, 0, END.length)) {
        return i + END.length;
      }
    }
    return -1;
  }

  private int contentLength() {
    return header("content-length").map(Integer::parseInt).orElse(0);
  }

  /** Returns the status of the answer that is complete. */
  int status() {
    String digits =
        new String(received.array(), STATUS_AT, STATUS_DIGITS, StandardCharsets.US_ASCII);
    return Integer.parseInt(digits);
  }

  /**
   * Returns a header of the answer.
   *
   * @param name in lower case
   */
  Optional<String> header(String name) {
    byte[] bytes = received.array();
    int end = endOfHead();
    int line = 0;
    for (int i = 1; i < end; i++) {
      if (bytes[i] == '\n') {
        if (isNamed(bytes, line, i, name)) {
          int from = line + name.length() + 1;
          return Optional.of(new String(bytes, from, i - from, StandardCharsets.US_ASCII).strip());
        }
        line = i + 1;
      }
    }
    return Optional.empty();
  }

  private static boolean isNamed(byte[] bytes, int from, int to, String name) {
    if (to - from <= name.length() || bytes[from + name.length()] != ':') {
      return false;
    }
    String text = new String(bytes, from, name.length(), StandardCharsets.US_ASCII);
    return text.toLowerCase(Locale.ROOT).equals(name);
  }

  long request() {
    return request;
  }

  long startNanos() {
    return startNanos;
  }

  void close() throws IOException {
    channel.close();
  }
}
