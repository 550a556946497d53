package io.causa.node.port;

import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.vertx.core.Future;
import java.util.List;

/**
 * A client's write.
 *
 * @param mutations at least one; no key twice
 * @param context what must be applied here before it is stamped
 * @param waitMillis how long it may wait for that
 * @param held whether to answer {@link Outcome.Held} at once when it has to wait, and go on holding
 *     it
 * @param abandoned completes when the client is gone: a waiting request that is not held is
 *     forgotten
 */
public record WriteRequest(
    List<Mutation> mutations,
    VersionVector context,
    long waitMillis,
    boolean held,
    Future<Void> abandoned) {

  public WriteRequest {
    mutations = List.copyOf(mutations);
  }
}
