package io.causa.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a node answers over HTTP, by path and method.
 *
 * <p>The router of Vert.x Web finds the path, with one thing switched off: it would normalise paths
 * (decode, join {@code //}, resolve {@code ..}), and here the path behind {@value #KEY_PREFIX} is a
 * client's key, every byte of which counts.
 */
final class RouteTable {

  static final String KEY_PREFIX = "/kv/";
  static final String KEY_PATH = "/kv/{key}";

  private static final Pattern VARIABLE_SEGMENT = Pattern.compile("\\{[a-z]+}");
  private static final int NOT_FOUND = 404;

  private final List<Route> routes;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  /**
   * @param routes those of {@link #KEY_PATH} first: what they match, they take
   */
  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      resources.computeIfAbsent(route.path(), path -> new Resource()).add(route);
    }
  }

  List<Route> routes() {
    return routes;
  }

  /**
   * @param found takes the requests whose path is known
   * @param unknown takes all others
   */
  Router router(
      Vertx vertx,
      BiConsumer<Resource, HttpServerRequest> found,
      Consumer<HttpServerRequest> unknown) {
    Router router = Router.router(vertx);
    resources.forEach(
        (path, resource) ->
            at(path, router)
                .useNormalizedPath(false)
                .handler(routed -> found.accept(resource, routed.request())));
    router.errorHandler(NOT_FOUND, routed -> unknown.accept(routed.request()));
    return router;
  }

  private static io.vertx.ext.web.Route at(String path, Router router) {
    return path.equals(KEY_PATH)
        ? router.routeWithRegex(KEY_PREFIX + ".*")
        : router.routeWithRegex(VARIABLE_SEGMENT.matcher(path).replaceAll("[^/]+"));
  }
}
