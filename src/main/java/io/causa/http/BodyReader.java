package io.causa.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a body as it is, whatever its content type, and stops as soon as it is too large, comes too
 * slowly, or finds no room among the bodies under way.
 *
 * <p>Owner: the loop of the request. Bound: {@code limitBytes} in memory, all of it reserved before
 * it is kept: with a declared length at once, else as the body grows.
 */
final class BodyReader extends BodyDeadlines.Watched {

  /** The setting that bounds all bodies under way. */
  static final String UNDER_WAY = "http.bodiesUnderWayBytes";

  private static final int FIRST_BYTES = 1024;
  private static final byte[] NOTHING = {};

  private final Edge edge;
  private final HttpServerRequest request;
  private final BodyBudget.Lease lease;
  private final long limitBytes;
  private final String limitName;
  private final Consumer<byte[]> whole;
  private final Consumer<Throwable> failed;
  private byte[] read = NOTHING;
  private int length;
  private boolean over;

  private BodyReader(
      Exchange exchange,
      long limitBytes,
      String limitName,
      Consumer<byte[]> whole,
      Consumer<Throwable> failed) {
    this.edge = exchange.edge();
    this.request = exchange.request();
    this.lease = exchange.lease();
    this.limitBytes = limitBytes;
    this.limitName = limitName;
    this.whole = whole;
    this.failed = failed;
  }

  /**
   * Must be called before the request's handler returns. Fails with a {@link ProblemException} if
   * the body is larger than allowed or finds no room: at once when its length is declared, else as
   * soon as it shows. Fails so, too, if it has not arrived in time.
   *
   * @param whole takes the body, after this call
   * @param failed takes why there is none, perhaps within this call
   */
  static void read(
      Exchange exchange,
      long limitBytes,
      String limitName,
      Consumer<byte[]> whole,
      Consumer<Throwable> failed) {
    BodyReader reader = new BodyReader(exchange, limitBytes, limitName, whole, failed);
    String declared = exchange.header(HttpHeaders.CONTENT_LENGTH);
    if (declared == null || reader.reserve(Long.parseLong(declared))) {
      reader.start();
    }
  }

  private boolean reserve(long bytes) {
    if (bytes > limitBytes) {
      failed.accept(tooLarge(bytes + " bytes"));
      return false;
    }
    if (!lease.take(bytes)) {
      failed.accept(noRoom(bytes));
      return false;
    }
    read = new byte[(int) bytes];
    return true;
  }

  private void start() {
    request.handler(this::add);
    request.endHandler(end -> complete());
    request.exceptionHandler(this::fail);
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    edge.deadlines().add(this);
  }

  private void add(Buffer chunk) {
    if (over) {
      return;
    }
    long needed = length + (long) chunk.length();
    if (needed > limitBytes) {
      fail(tooLarge("more than that"));
    } else if (needed <= read.length || grow(needed)) {
      chunk.getBytes(read, length);
      length = (int) needed;
    } else {
      fail(noRoom(needed));
    }
  }

  /** Doubles, so that a body of many small chunks is not copied for each. */
  private boolean grow(long needed) {
    long capacity = Math.min(limitBytes, Math.max(needed, Math.max(FIRST_BYTES, 2L * read.length)));
    boolean room = lease.take(capacity - read.length);
    if (room) {
      read = Arrays.copyOf(read, (int) capacity);
    }
    return room;
  }

  private byte[] exact() {
    return length == read.length ? read : Arrays.copyOf(read, length);
  }

  private void complete() {
    if (!over) {
      stop();
      whole.accept(exact());
    }
  }

  private void fail(Throwable cause) {
    if (!over) {
      stop();
      read = NOTHING;
      failed.accept(cause);
    }
  }

  private void stop() {
    over = true;
    edge.deadlines().remove(this);
  }

  @Override
  void expire(long bodyMillis) {
    edge.load().lateBodies().incrementAndGet();
    fail(
        ProblemException.closing(
            new Problem(
                    ProblemType.BODY_TOO_SLOW,
                    "the body may take %d ms to arrive (http.bodyMillis), and %d bytes of it came in that time; nothing was written"
                        .formatted(bodyMillis, length))
                .with("limit", "http.bodyMillis")
                .with("limitMillis", bodyMillis)));
  }

  private ProblemException noRoom(long bytes) {
    return ProblemException.closing(
        new Problem(
                ProblemType.OVERLOADED,
                "no room for the %d bytes of the body: of all bodies under way, %d of %d bytes are taken (http.bodiesUnderWayBytes); nothing was written. Try again a little later, or ask another node"
                    .formatted(
                        bytes, edge.load().bodies().bytes(), edge.load().bodies().limitBytes()))
            .with("limit", UNDER_WAY)
            .with("limitBytes", edge.load().bodies().limitBytes()));
  }

  private ProblemException tooLarge(String size) {
    return ProblemException.closing(
        new Problem(
                ProblemType.TOO_LARGE,
                "the body may have %d bytes (%s), this one has %s"
                    .formatted(limitBytes, limitName, size))
            .with("limit", limitName)
            .with("limitBytes", limitBytes));
  }
}
