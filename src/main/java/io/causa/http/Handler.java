package io.causa.http;

/**
 * Answers one kind of request on its loop: sooner or later it ends the exchange. What it throws
 * ends the exchange as well: a {@link ProblemException} is answered as a problem, and every other
 * exception is an error of the node.
 */
@FunctionalInterface
interface Handler {
  void handle(Exchange exchange);
}
