package io.causa.node.port;

import io.causa.clock.Replica;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
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

  /**
   * Closes the history of a generation that is no member any more: what of it no member has is
   * given up, and nothing waits for it. All others hear of it by themselves.
   *
   * @return what became of it, durable here
   */
  Future<RetireOutcome> retire(Replica former);
}
