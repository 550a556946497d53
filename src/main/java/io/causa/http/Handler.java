package io.causa.http;

import io.vertx.core.Future;

/**
 * Answers one kind of request on its loop. A {@link ProblemException}, thrown or as the failure of
 * the future, is answered as a problem; every other exception is an error of the node.
 */
@FunctionalInterface
interface Handler {
  Future<Answer> handle(Exchange exchange);
}
