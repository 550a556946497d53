package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OrderlyStopTest {

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Map<StopPhase, Supplier<CompletionStage<Void>>> special =
      new EnumMap<>(StopPhase.class);

  @Test
  void eachStepBeginsWhenTheOneBeforeIsOver() throws Exception {
    CompletableFuture<Void> requests = new CompletableFuture<>();
    special.put(StopPhase.REQUESTS, () -> requests);
    CompletableFuture<Void> over = run(600_000);
    assertThat(seen).containsExactly("DRAIN", "REQUESTS");
    requests.complete(null);
    over.get(10, TimeUnit.SECONDS);
    assertThat(seen).containsExactlyElementsOf(names());
  }

  @Test
  void aStepThatNeverEndsHoldsUpNothingForGood() throws Exception {
    special.put(StopPhase.PUSH, CompletableFuture::new);
    special.put(StopPhase.LEAVE, CompletableFuture::new);
    run(200).get(10, TimeUnit.SECONDS);
    assertThat(seen).contains("PUSH undone", "STORAGE", "LEAVE undone");
  }

  @Test
  void aStepThatFailsOrThrowsHoldsUpNothing() throws Exception {
    special.put(
        StopPhase.REQUESTS,
        () -> CompletableFuture.failedStage(new IllegalStateException("no server")));
    special.put(
        StopPhase.SILENCE,
        () -> {
          throw new IllegalStateException("no verticles");
        });
    run(600_000).get(10, TimeUnit.SECONDS);
    assertThat(seen).contains("REQUESTS undone", "SILENCE undone", "STORAGE", "LEAVE");
  }

  private CompletableFuture<Void> run(long stopMillis) {
    return OrderlyStop.run(StopPlan.of(true, stopMillis), new Recorded()).toCompletableFuture();
  }

  private static List<String> names() {
    return Arrays.stream(StopPhase.values()).map(Enum::name).toList();
  }

  private final class Recorded implements OrderlyStop.Steps {
    @Override
    public CompletionStage<?> begin(StopPhase phase, long patienceMillis) {
      seen.add(phase.name());
      return special.getOrDefault(phase, () -> CompletableFuture.completedStage(null)).get();
    }

    @Override
    public void leftUndone(StopPhase phase) {
      seen.add(phase + " undone");
    }
  }
}
