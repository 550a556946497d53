package io.causa.cli;

import io.vertx.core.Future;

/** A node in this JVM, as far as the command line has to know it. Called from any thread. */
interface RunningNode {

  /** Where clients reach it. */
  String httpUrl();

  /** Completes when it has caught up with its cluster and serves clients. */
  Future<Void> ready();

  /** Completes with the cause when an invariant broke and the node must not go on. */
  Future<Throwable> broken();

  /** Closes everything that the node opened. Completes when that is done. */
  Future<Void> stop();
}
