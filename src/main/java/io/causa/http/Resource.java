package io.causa.http;

import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All methods of one path. {@code HEAD} comes with {@code GET}, and every path has {@code OPTIONS}.
 */
final class Resource {

  private final Map<HttpMethod, Route> routes = new LinkedHashMap<>();
  private String allow = HttpMethod.OPTIONS.name();

  void add(Route route) {
    if (routes.putIfAbsent(route.method(), route) != null) {
      throw new IllegalStateException("two routes for " + route.method() + " " + route.path());
    }
    if (route.method().equals(HttpMethod.GET)) {
      routes.put(HttpMethod.HEAD, route);
    }
    String methods =
        routes.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    allow = methods + ", " + HttpMethod.OPTIONS.name();
  }

  /** Null if the path does not take the method. */
  Route route(HttpMethod method) {
    return routes.get(method);
  }

  /** The value of the header {@code Allow}. */
  String allow() {
    return allow;
  }
}
