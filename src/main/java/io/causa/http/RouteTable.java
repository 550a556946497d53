package io.causa.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what a path means.
 *
 * <p>Not the router of Vert.x Web, on purpose: that one normalises paths (it decodes, joins {@code
 * //} and resolves {@code ..}), and here the path behind {@value #KEY_PREFIX} is a client's key,
 * every byte of which counts. With one variable path, a prefix and a map are all it takes.
 */
final class RouteTable {

  static final String KEY_PREFIX = "/kv/";
  static final String KEY_PATH = "/kv/{key}";

  private final List<Route> routes;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Resource key;

  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      resources.computeIfAbsent(route.path(), path -> new Resource()).add(route);
    }
    key = resources.remove(KEY_PATH);
  }

  /** Null if there is nothing under this path. */
  Resource find(String path) {
    return path.startsWith(KEY_PREFIX) ? key : resources.get(path);
  }

  List<Route> routes() {
    return routes;
  }
}
