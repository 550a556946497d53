package io.causa.node.port;

import io.vertx.core.Future;

/** Changes who belongs to the cluster. */
public interface MembersPort {

  /**
   * Takes a member out of the cluster for good: nobody waits to hear from it any more, and should
   * it still run somewhere, it stops when it hears of it. All others hear of it by themselves.
   *
   * @param name of whom the latest generation is meant
   * @return what became of it, durable here
   */
  Future<ForgetOutcome> forget(String name);
}
