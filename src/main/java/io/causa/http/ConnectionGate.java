package io.causa.http;

import io.causa.http.ConnectionBudget.Admission;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Lets connections in as long as there are no more than {@code http.connections}. Beyond that, one
 * gets a single answer or is closed at once; the node never stops accepting.
 *
 * <p>Owner: one HTTP loop. Bound: {@value ConnectionBudget#SURPLUS} on all loops, each for {@value
 * #SURPLUS_MILLIS} ms.
 */
final class ConnectionGate {

  /** How long a connection too many has for its one request. */
  static final long SURPLUS_MILLIS = 1000;

  private final Vertx vertx;
  private final ConnectionBudget budget;
  private final OnceAMinute warning;
  private final Set<HttpConnection> surplus = Collections.newSetFromMap(new IdentityHashMap<>());

  ConnectionGate(Vertx vertx, ConnectionBudget budget, OnceAMinute warning) {
    this.vertx = vertx;
    this.budget = budget;
    this.warning = warning;
  }

  /** Decides what becomes of a new connection. */
  void opened(HttpConnection connection) {
    Admission admission = budget.opened();
    connection.closeHandler(gone -> closed(connection));
    if (admission != Admission.SERVED) {
      warning.warn(
          "more than %d connections (http.connections); further ones are answered 503 or closed, %d so far"
              .formatted(budget.limit(), budget.refused()));
      refuse(connection, admission);
    }
  }

  private void refuse(HttpConnection connection, Admission admission) {
    if (admission == Admission.CLOSED) {
      connection.close();
    } else {
      surplus.add(connection);
      vertx.setTimer(SURPLUS_MILLIS, late -> connection.close());
    }
  }

  private void closed(HttpConnection connection) {
    surplus.remove(connection);
    budget.closed();
  }

  /** Whether the request came on a connection too many, which is closed after its answer. */
  boolean isSurplus(HttpServerRequest request) {
    return !surplus.isEmpty() && surplus.contains(request.connection());
  }
}
