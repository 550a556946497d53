package io.causa.http;

import java.util.ArrayList;
import java.util.List;

/** Everything that a node answers over HTTP; {@code docs/openapi.yaml} describes the same. */
final class Routes {

  private Routes() {}

  static RouteTable of(Edge edge) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new KeyRoutes(edge).routes());
    routes.addAll(new SnapshotRoutes(edge).routes());
    routes.addAll(new BatchRoutes(edge).routes());
    routes.addAll(new ClassroomRoutes(edge).routes());
    routes.addAll(new StatusRoutes().routes());
    routes.addAll(new HeldRoutes().routes());
    routes.addAll(new HealthRoutes().routes());
    routes.addAll(new BackupRoutes().routes());
    routes.addAll(new MemberRoutes().routes());
    routes.addAll(new GenerationRoutes().routes());
    routes.addAll(new FaultRoutes().routes());
    return new RouteTable(routes);
  }
}
