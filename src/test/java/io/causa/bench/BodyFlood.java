package io.causa.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Many connections that put large values at the same time, for ever or with a last byte that never
 * comes; on loopback, and bounded in connections and time.
 *
 * <p>Owner: the thread that calls {@link #run}.
 */
public final class BodyFlood implements AutoCloseable {

  /** What each connection does with its bodies. */
  public enum Manner {
    /** Sends one after the other, each when the one before is answered. */
    WHOLE,
    /** Sends all of one but its last byte, and waits. */
    UNFINISHED,
    /** Sends one in chunks and never says that it ends. */
    CHUNKED,
    /** Sends the beginning of a request line as long as a body, and waits. */
    HEAD
  }

  private static final int SELECT_MILLIS = 50;
  private static final int CONNECTING_AT_A_TIME = 64;

  private final InetSocketAddress address;
  private final Manner manner;
  private final ByteBuffer request;
  private final Selector selector = Selector.open();
  private final List<SocketChannel> connections = new ArrayList<>();
  private final Map<Integer, Integer> answers = new TreeMap<>();
  private final ByteBuffer received = ByteBuffer.allocate(1 << 16);
  private int closedByServer;
  private int connecting;
  private int unconnected;

  /**
   * @param port of a node on loopback
   * @param bodyBytes of each value
   */
  public BodyFlood(int port, int bodyBytes, Manner manner) throws IOException {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.manner = manner;
    this.request = ByteBuffer.wrap(request(bodyBytes, manner));
  }

  /** {@code port connections bodyBytes whole|unfinished|chunked seconds}. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int connections = Integer.parseInt(args[1]);
    Manner manner = Manner.valueOf(args[3].toUpperCase(java.util.Locale.ROOT));
    try (BodyFlood flood = new BodyFlood(port, Integer.parseInt(args[2]), manner)) {
      flood.run(connections, Integer.parseInt(args[4]));
      System.out.println(flood);
    }
  }

  private static byte[] request(int bodyBytes, Manner manner) {
    if (manner == Manner.HEAD) {
      return ("GET /kv/" + "x".repeat(bodyBytes)).getBytes(StandardCharsets.US_ASCII);
    }
    boolean chunked = manner == Manner.CHUNKED;
    String head =
        "PUT /kv/flood HTTP/1.1\r\nHost: localhost\r\n"
            + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bodyBytes)
            + "\r\n\r\n"
            + (chunked ? Integer.toHexString(bodyBytes) + "\r\n" : "");
    int sent = manner == Manner.UNFINISHED ? bodyBytes - 1 : bodyBytes;
    return (head + "x".repeat(sent)).getBytes(StandardCharsets.US_ASCII);
  }

  /** Floods with so many connections for at most so long, or until the server has closed all. */
  public void run(int count, int seconds) throws IOException {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < endNanos && closedByServer + unconnected < count) {
      while (connections.size() < count && connecting < CONNECTING_AT_A_TIME) {
        connect();
      }
      selector.select(SELECT_MILLIS);
      for (SelectionKey key : selector.selectedKeys()) {
        serve(key);
      }
      selector.selectedKeys().clear();
    }
  }

  /** How often each status was answered. */
  public Map<Integer, Integer> answers() {
    return answers;
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    connections.add(channel);
    channel.configureBlocking(false);
    connecting++;
    channel.register(selector, SelectionKey.OP_CONNECT, request.duplicate());
    channel.connect(address);
  }

  private void serve(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        connecting--;
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
      }
      if (key.isReadable()) {
        read(key, channel);
      }
      if (key.isValid() && key.isWritable()) {
        ByteBuffer rest = (ByteBuffer) key.attachment();
        channel.write(rest);
        key.interestOps(rest.hasRemaining() ? key.interestOps() : SelectionKey.OP_READ);
      }
    } catch (IOException broken) {
      closedByServer += channel.isConnected() ? 1 : 0;
      unconnected += channel.isConnected() ? 0 : 1;
      close(channel);
    }
  }

  private void read(SelectionKey key, SocketChannel channel) throws IOException {
    received.clear();
    if (channel.read(received) < 0) {
      closedByServer++;
      close(channel);
      return;
    }
    String text = new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
    for (int at = text.indexOf("HTTP/1.1 "); at >= 0; at = text.indexOf("HTTP/1.1 ", at + 1)) {
      answers.merge(Integer.parseInt(text.substring(at + 9, at + 12)), 1, Integer::sum);
      if (manner == Manner.WHOLE) {
        key.attach(request.duplicate());
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // Closed is what it shall be.
    }
  }

  @Override
  public void close() throws IOException {
    connections.forEach(BodyFlood::close);
    selector.close();
  }

  @Override
  public String toString() {
    return "%d connections: answers %s, closed by the node %d, not connected %d"
        .formatted(connections.size(), answers, closedByServer, unconnected);
  }
}
