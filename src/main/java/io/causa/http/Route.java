package io.causa.http;

import io.vertx.core.http.HttpMethod;

/**
 * One method of one path.
 *
 * @param path as documented; a part in braces is one segment, that of {@value RouteTable#KEY_PATH}
 *     all that follows
 * @param data whether it reads or writes keys: then the node must be ready, and the context that
 *     the client sent must be sound
 */
record Route(HttpMethod method, String path, boolean data, Handler handler) {

  static Route data(HttpMethod method, String path, Handler handler) {
    return new Route(method, path, true, handler);
  }

  static Route open(HttpMethod method, String path, Handler handler) {
    return new Route(method, path, false, handler);
  }
}
