package io.causa.engine;

import io.causa.engine.port.Transport;
import io.causa.replication.message.Channel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A transport that needs no cure: its registrations stand, and each message can be sent. */
public interface HealthyTransport extends Transport {

  @Override
  default CompletionStage<Set<Channel>> registered() {
    return CompletableFuture.completedStage(Set.of(Channel.values()));
  }

  @Override
  default CompletionStage<Void> renew() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  default CompletionStage<Void> rejoin() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  default void onUnsent(Consumer<String> consumer) {}
}
