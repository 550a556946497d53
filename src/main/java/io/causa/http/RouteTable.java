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
 * <p>Keys are found by their prefix: most requests are theirs, and the path behind {@value
 * #KEY_PREFIX} is a client's key, every byte of which counts. The router of Vert.x Web finds all
 * other paths, with one thing switched off: it would normalise them (decode, join {@code //},
 * resolve {@code ..}).
 */
final class RouteTable {

  static final String KEY_PREFIX = "/kv/";
  static final String KEY_PATH = "/kv/{key}";

  private static final Pattern VARIABLE_SEGMENT = Pattern.compile("\\{[a-z]+}");
  private static final int NOT_FOUND = 404;

  private final List<Route> routes;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

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
   * Returns what finds the resource of each request.
   *
   * @param found takes the requests whose path is known
   * @param unknown takes all others
   */
  io.vertx.core.Handler<HttpServerRequest> finder(
      Vertx vertx,
      BiConsumer<Resource, HttpServerRequest> found,
      Consumer<HttpServerRequest> unknown) {
    Router router = router(vertx, found, unknown);
    Resource key = resources.get(KEY_PATH);
    return request -> {
      if (request.path().startsWith(KEY_PREFIX)) {
        found.accept(key, request);
      } else {
        router.handle(request);
      }
    };
  }

  private Router router(
      Vertx vertx,
      BiConsumer<Resource, HttpServerRequest> found,
      Consumer<HttpServerRequest> unknown) {
    Router router = Router.router(vertx);
    resources.forEach(
        (path, resource) ->
            router
                .routeWithRegex(VARIABLE_SEGMENT.matcher(path).replaceAll("[^/]+"))
                .useNormalizedPath(false)
                .handler(routed -> found.accept(resource, routed.request())));
    router.errorHandler(NOT_FOUND, routed -> unknown.accept(routed.request()));
    return router;
  }
}
