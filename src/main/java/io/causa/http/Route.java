package io.causa.http;

import io.causa.access.Right;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One method of one path.
 *
 * @param path as documented; a part in braces is one segment, that of {@value RouteTable#KEY_PATH}
 *     all that follows
 * @param data whether it reads or writes keys: then the node must be ready, and the context that
 *     the client sent must be sound. The handler must ask {@link Exchange#requireKey} for each key
 * @param right what the caller needs
 */
record Route(HttpMethod method, String path, boolean data, Right right, Handler handler) {

  /** Returns whether only administrators may ask. */
  boolean isAdministration() {
    return right == Right.ADMIN;
  }

  /** Makes a route that reads keys. */
  static Route read(HttpMethod method, String path, Function<Exchange, Future<Answer>> answer) {
    return new Route(method, path, true, Right.READ, eventually(answer));
  }

  /** Makes a route that changes keys; its handler ends the exchange itself. */
  static Route write(HttpMethod method, String path, Handler handler) {
    return new Route(method, path, true, Right.WRITE, handler);
  }

  /** Makes a route to everything but keys. */
  static Route node(
      HttpMethod method, String path, Right right, Function<Exchange, Future<Answer>> answer) {
    return new Route(method, path, false, right, eventually(answer));
  }

  private static Handler eventually(Function<Exchange, Future<Answer>> answer) {
    return exchange -> answer.apply(exchange).onComplete(exchange::end);
  }
}
