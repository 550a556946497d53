package io.causa.cli.playground;

import io.causa.cli.playground.Control.Reply;
import io.causa.cli.playground.Control.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The cluster's end of the socket. At most {@link #MOST_REQUESTS} are under way, further ones are
 * refused; a connection that asks nothing is closed after {@link #MOST_SILENT_SECONDS}.
 */
public final class ControlServer implements AutoCloseable {
  static final int MOST_REQUESTS = 8;
  static final int MOST_SILENT_SECONDS = 5;

  private final String name;
  private final Path socket;
  private final Control control;
  private final ServerSocketChannel server;
  private final Semaphore free = new Semaphore(MOST_REQUESTS);

  private ControlServer(String name, Path socket, Control control, ServerSocketChannel server) {
    this.name = name;
    this.socket = socket;
    this.control = control;
    this.server = server;
  }

  /**
   * Listens until it is closed.
   *
   * @param name what the cluster is called, for the greeting
   * @param socket the file that the system makes for it; nothing may be there
   * @throws IOException if it cannot listen there
   */
  public static ControlServer open(String name, Path socket, Control control) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException | RuntimeException taken) {
      channel.close();
      throw taken;
    }
    ControlServer server = new ControlServer(name, socket, control, channel);
    daemon("causa-control", server::accept);
    return server;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        daemon("causa-control-request", () -> serve(connection));
      }
    } catch (IOException closed) {
      // the end of this server
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      OutputStream out = Channels.newOutputStream(connection);
      Frames.write(out, Frames.Frame.hello(name));
      if (!free.tryAcquire()) {
        Frames.write(out, Frames.Frame.done(Reply.failed(5, name + " is busy; ask again")));
        return;
      }
      try {
        Frames.write(out, Frames.Frame.done(answer(connection, out)));
      } finally {
        free.release();
      }
    } catch (IOException gone) {
      // the one who asked has gone, or never wanted to ask
    }
  }

  private Reply answer(SocketChannel connection, OutputStream out) throws IOException {
    Request request = read(connection);
    if (request.verb() == null) {
      return Reply.failed(2, name + " was asked nothing that it knows");
    }
    return control.handle(request, line -> tell(out, line));
  }

  private static Request read(SocketChannel connection) throws IOException {
    AtomicBoolean asked = new AtomicBoolean();
    Executor later = CompletableFuture.delayedExecutor(MOST_SILENT_SECONDS, TimeUnit.SECONDS);
    later.execute(() -> closeUnless(asked, connection));
    InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
    Request request = Frames.read(in, Request.class);
    asked.set(true);
    if (request == null) {
      throw new IOException("closed without a request");
    }
    return request;
  }

  private static void closeUnless(AtomicBoolean asked, SocketChannel connection) {
    if (!asked.get()) {
      try {
        connection.close();
      } catch (IOException closedAlready) {
        // as it should be
      }
    }
  }

  /** What was asked for is done to its end also when nobody listens any more. */
  private static void tell(OutputStream out, String line) {
    try {
      Frames.write(out, Frames.Frame.progress(line));
    } catch (IOException gone) {
      // the reply will meet the same
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
