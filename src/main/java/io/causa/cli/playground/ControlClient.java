package io.causa.cli.playground;

import io.causa.cli.playground.Control.Reply;
import io.causa.cli.playground.Control.Request;
import io.causa.cli.playground.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The other end of the socket: asks a cluster once. */
public final class ControlClient {
  private static final int HELLO_SECONDS = 5;

  /** Longer than any node takes to start or to stop. */
  private static final int NEXT_LINE_SECONDS = 180;

  private ControlClient() {}

  /** Whether a process listens there, be it ever so slow. */
  static boolean isAnswered(Path socket) {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return connection.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param progress told the lines that come before the reply
   * @throws IOException if there is no answer; the message says why
   */
  public static Reply ask(Path socket, Request request, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
      next(in, HELLO_SECONDS);
      send(connection, request);
      Frame frame = next(in, NEXT_LINE_SECONDS);
      while (frame.done() == null) {
        if (frame.progress() != null) {
          progress.accept(frame.progress());
        }
        frame = next(in, NEXT_LINE_SECONDS);
      }
      return frame.done();
    }
  }

  /** A cluster that is busy may have answered and closed before it was asked: its answer counts. */
  private static void send(SocketChannel connection, Request request) {
    try {
      Frames.write(Channels.newOutputStream(connection), request);
    } catch (IOException closed) {
      // reading says why
    }
  }

  private static Frame next(InputStream in, int seconds) throws IOException, InterruptedException {
    CompletableFuture<Frame> frame = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(in, frame), "causa-control-reader");
    reader.setDaemon(true);
    reader.start();
    try {
      return frame.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException silent) {
      throw new IOException("no answer within %d s".formatted(seconds), silent);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException broken
          ? broken
          : new IOException("the answer cannot be read", failed.getCause());
    }
  }

  private static void read(InputStream in, CompletableFuture<Frame> result) {
    try {
      Frame frame = Frames.read(in, Frame.class);
      if (frame == null) {
        throw new IOException("it ended before it had answered");
      }
      result.complete(frame);
    } catch (IOException | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }
}
