package io.causa.http;

import io.vertx.core.http.HttpMethod;

/**
 * One method of one path.
 *
 * @param path as documented; only the path {@value RouteTable#KEY_PATH} has a variable part
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
