package io.causa.node.port;

import io.causa.clock.Dot;
import io.vertx.core.Future;

/** Tells how far a write of this node has come. */
public interface AcksPort {

  /**
   * Waits until so many peers have applied a write of this node, too.
   *
   * @param version the write
   * @param peers how many peers, at least 1
   * @param waitMillis how long to wait at the most
   * @return how many peers have applied it: fewer than asked for if the time is up
   */
  Future<Integer> await(Dot version, int peers, long waitMillis);
}
