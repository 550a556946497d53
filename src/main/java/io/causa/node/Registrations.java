package io.causa.node;

import io.causa.node.bus.FaultyTransport;
import io.causa.replication.message.Channel;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's registrations with the cluster: asks for them, and makes them anew when {@link
 * io.causa.replication.Replicator} says so.
 *
 * <p>Owner: the replication loop.
 */
final class Registrations {

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

  private final FaultyTransport transport;

  Registrations(FaultyTransport transport) {
    this.transport = transport;
  }

  /** Asks the cluster, and says on the loop what it knows: nothing, if it does not tell. */
  void check(Loop loop, Consumer<Set<Channel>> known) {
    loop.follow(transport.registered().toCompletionStage())
        .onFailure(cause -> LOG.debug("the cluster does not tell the registrations", cause))
        .otherwise(Set.of())
        .onSuccess(known::accept);
  }

  void renew(String reason) {
    cure("registering anew with the cluster", reason, transport::renew);
  }

  void rejoin(String reason) {
    cure("leaving the cluster and joining it again", reason, transport::rejoin);
  }

  private static void cure(String what, String reason, Supplier<Future<Void>> cure) {
    LOG.warn("{}: {}", what, reason);
    cure.get().onFailure(cause -> LOG.warn("{} failed", what, cause));
  }
}
