package io.causa.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection to the server under test, byte by byte: nothing is corrected on the way. */
final class RawConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  RawConnection(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawConnection write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawConnection write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /**
   * @param bodyFollows false for the answer to {@code HEAD}
   */
  Reply read(boolean bodyFollows) throws IOException {
    String statusLine = line();
    Reply reply = new Reply(Integer.parseInt(statusLine.split(" ")[1]));
    for (String line = line(); !line.isEmpty(); line = line()) {
      int at = line.indexOf(':');
      reply.addHeader(line.substring(0, at), line.substring(at + 1).strip());
    }
    String length = reply.header("Content-Length");
    if (bodyFollows && length != null) {
      reply.setBody(in.readNBytes(Integer.parseInt(length)));
    }
    return reply;
  }

  /** Whether the server has closed the connection; waits for it. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection after \"" + line + "\"");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
