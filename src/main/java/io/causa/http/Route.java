package io.causa.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One method of one path.
 *
 * @param path as documented; a part in braces is one segment, that of {@value RouteTable#KEY_PATH}
 *     all that follows
 * @param data whether it reads or writes keys: then the node must be ready, and the context that
 *     the client sent must be sound
 */
record Route(HttpMethod method, String path, boolean data, Handler handler) {

  /** Makes a route to keys. */
  static Route data(HttpMethod method, String path, Function<Exchange, Future<Answer>> answer) {
    return new Route(method, path, true, eventually(answer));
  }

  /** Makes a route to keys whose handler ends the exchange itself, as those of writes do. */
  static Route write(HttpMethod method, String path, Handler handler) {
    return new Route(method, path, true, handler);
  }

  /** Makes a route to everything but keys. */
  static Route open(HttpMethod method, String path, Function<Exchange, Future<Answer>> answer) {
    return new Route(method, path, false, eventually(answer));
  }

  private static Handler eventually(Function<Exchange, Future<Answer>> answer) {
    return exchange -> answer.apply(exchange).onComplete(exchange::end);
  }
}
