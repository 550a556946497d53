package io.causa.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body as it is, whatever its content type, and stops as soon as it is too large.
 *
 * <p>Owner: the loop of the request. Bound: {@code limitBytes} in memory.
 */
final class BodyReader {

  private final HttpServerRequest request;
  private final long limitBytes;
  private final String limitName;
  private final Promise<Buffer> whole = Promise.promise();
  private Buffer read = Buffer.buffer();

  private BodyReader(HttpServerRequest request, long limitBytes, String limitName) {
    this.request = request;
    this.limitBytes = limitBytes;
    this.limitName = limitName;
  }

  /**
   * Must be called before the request's handler returns. Fails with a {@link Refusal} if the body
   * is larger than allowed: at once when its length is declared, else as soon as it shows.
   */
  static Future<Buffer> read(HttpServerRequest request, long limitBytes, String limitName) {
    return new BodyReader(request, limitBytes, limitName).start();
  }

  private Future<Buffer> start() {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (declared != null && Long.parseLong(declared) > limitBytes) {
      return Future.failedFuture(tooLarge(declared + " bytes"));
    }
    request.handler(this::add);
    request.endHandler(end -> whole.tryComplete(read));
    request.exceptionHandler(whole::tryFail);
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return whole.future();
  }

  private void add(Buffer chunk) {
    if (read.length() + (long) chunk.length() > limitBytes) {
      read = Buffer.buffer();
      whole.tryFail(tooLarge("more than that"));
    } else if (read.length() == 0) {
      read = chunk;
    } else {
      read.appendBuffer(chunk);
    }
  }

  private Refusal tooLarge(String size) {
    return Refusal.closing(
        new Problem(
                ProblemType.TOO_LARGE,
                "the body may have %d bytes (%s), this one has %s"
                    .formatted(limitBytes, limitName, size))
            .with("limit", limitName)
            .with("limitBytes", limitBytes));
  }
}
