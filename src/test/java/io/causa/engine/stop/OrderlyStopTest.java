package io.causa.engine.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.engine.ManualLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OrderlyStopTest {

  private final ManualLoop clock = new ManualLoop();
  private final List<String> seen = new ArrayList<>();
  private final Map<StopPhase, Supplier<CompletionStage<Void>>> special =
      new EnumMap<>(StopPhase.class);

  @Test
  void eachStepBeginsWhenTheOneBeforeIsOver() {
    CompletableFuture<Void> requests = new CompletableFuture<>();
    special.put(StopPhase.REQUESTS, () -> requests);
    CompletableFuture<Void> over = run(600_000);
    assertThat(seen).containsExactly("DRAIN", "REQUESTS");
    requests.complete(null);
    clock.runAll();
    assertThat(over).isCompleted();
    assertThat(seen).containsExactlyElementsOf(names());
  }

  @Test
  void aStepThatNeverEndsHoldsUpNothingForGood() {
    special.put(StopPhase.PUSH, CompletableFuture::new);
    special.put(StopPhase.LEAVE, CompletableFuture::new);
    CompletableFuture<Void> over = run(200);
    assertThat(seen).endsWith("PUSH");
    clock.pass(200);
    assertThat(over).isCompleted();
    assertThat(seen).endsWith("PUSH", "PUSH undone", "SILENCE", "STORAGE", "LEAVE", "LEAVE undone");
  }

  @Test
  void aStepThatIsOverIsNotLateAlthoughTheClockLagsBehind() {
    CompletableFuture<Void> push = new CompletableFuture<>();
    special.put(StopPhase.PUSH, () -> push);
    CompletableFuture<Void> over = run(200);
    clock.pass(119);
    push.complete(null);
    clock.pass(1);

    assertThat(over).isCompleted();
    assertThat(seen).containsExactlyElementsOf(names());
  }

  @Test
  void aStepThatEndsTooLateChangesNothing() {
    CompletableFuture<Void> push = new CompletableFuture<>();
    special.put(StopPhase.PUSH, () -> push);
    CompletableFuture<Void> over = run(200);
    clock.pass(200);
    List<String> before = List.copyOf(seen);

    push.completeExceptionally(new IllegalStateException("too late"));
    clock.runAll();

    assertThat(over).isCompleted();
    assertThat(seen).isEqualTo(before).containsOnlyOnce("PUSH undone", "SILENCE");
  }

  @Test
  void aStepThatFailsOrThrowsHoldsUpNothing() {
    special.put(
        StopPhase.REQUESTS,
        () -> CompletableFuture.failedStage(new IllegalStateException("no server")));
    special.put(
        StopPhase.SILENCE,
        () -> {
          throw new IllegalStateException("no verticles");
        });
    assertThat(run(600_000)).isCompleted();
    assertThat(seen).contains("REQUESTS undone", "SILENCE undone", "STORAGE", "LEAVE");
  }

  private CompletableFuture<Void> run(long stopMillis) {
    CompletableFuture<Void> over =
        OrderlyStop.run(StopPlan.of(true, stopMillis), new Recorded(), clock).toCompletableFuture();
    clock.runAll();
    return over;
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
