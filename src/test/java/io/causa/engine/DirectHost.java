package io.causa.engine;

import io.causa.engine.port.Handoff;
import io.causa.engine.port.Host;
import io.causa.engine.port.LoopName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A host of one thread: what is handed over arrives at once, and everything ends at once. */
public interface DirectHost extends Host {

  @Override
  default CompletionStage<Void> close(LoopName name, Runnable last) {
    last.run();
    return CompletableFuture.completedStage(null);
  }

  @Override
  default Handoff handoff(String from, LoopName to) {
    return Handoff.DIRECT;
  }

  @Override
  default CompletionStage<Void> endRequests(long patienceMillis) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  default CompletionStage<Void> leave() {
    return CompletableFuture.completedStage(null);
  }
}
