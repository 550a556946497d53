package io.causa.scenario;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

/** Plays steps. A sequence of steps ends at the first problem of the whole play. */
final class StepPlayer {
  private final Stage stage;
  private final ExecutorService threads;
  private final Sessions sessions;
  private final RequestSteps requests;
  private final WatchSteps watches;
  private final FaultSteps faults;

  /**
   * @param threads for steps that run at the same time; must have one for each of them
   */
  StepPlayer(Stage stage, Links links, ExecutorService threads) {
    this.stage = stage;
    this.threads = threads;
    sessions = new Sessions(stage.recorder());
    requests = new RequestSteps(stage, sessions);
    watches = new WatchSteps(stage);
    faults = new FaultSteps(stage, links);
  }

  void play(List<Step> steps) {
    for (Step step : steps) {
      if (!stage.problems().isEmpty()) {
        return;
      }
      play(step);
    }
  }

  private void play(Step step) {
    if (!playInner(step) && !playRequest(step) && !faults.play(step)) {
      throw new IllegalStateException("no way to play " + step);
    }
  }

  private boolean playInner(Step step) {
    if (step instanceof Step.Say say) {
      stage.transcript().remark(say.text());
    } else if (step instanceof Step.Concurrently both) {
      concurrently(both);
    } else if (step instanceof Step.Repeat repeat) {
      IntStream.range(0, repeat.times()).forEach(i -> play(repeat.inner()));
    } else if (step instanceof Step.RandomSession session) {
      randomSession(session);
    } else {
      return false;
    }
    return true;
  }

  private boolean playRequest(Step step) {
    if (step instanceof Step.Put put) {
      requests.put(put);
    } else if (step instanceof Step.Get get) {
      requests.get(get);
    } else if (step instanceof Step.Delete delete) {
      requests.delete(delete);
    } else if (step instanceof Step.Expect expect) {
      watches.expect(expect);
    } else if (step instanceof Step.WaitUntil wait) {
      watches.waitUntil(wait);
    } else {
      return false;
    }
    return true;
  }

  private void concurrently(Step.Concurrently both) {
    stage.transcript().remark("at the same time:");
    List<CompletableFuture<Void>> branches =
        both.branches().stream()
            .map(branch -> CompletableFuture.runAsync(() -> play(branch), threads))
            .toList();
    branches.forEach(CompletableFuture::join);
  }

  private void randomSession(Step.RandomSession step) {
    long seed = step.seed() == null ? System.nanoTime() & 0xffff_ffffL : step.seed();
    long startNanos = stage.recorder().now();
    List<CompletableFuture<Optional<String>>> running =
        names(step).stream().map(name -> start(step, name, seed)).toList();
    List<String> wrong =
        running.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    String text =
        "%,d requests%s to random nodes, %d keys, seed %d"
            .formatted(
                step.operations(), step.sessions() == 1 ? "" : " each", step.keys().size(), seed);
    stage.transcript().step(String.join(", ", names(step)), text, took(startNanos));
    stage.check(step, wrong);
  }

  private String took(long startNanos) {
    return "after %,d ms".formatted((stage.recorder().now() - startNanos) / 1_000_000);
  }

  private CompletableFuture<Optional<String>> start(
      Step.RandomSession step, String name, long seed) {
    var random = new RandomSessions(stage.nodes(), sessions);
    return CompletableFuture.supplyAsync(
        () -> random.run(name, step, seed + name.hashCode()), threads);
  }

  private static List<String> names(Step.RandomSession step) {
    return step.sessions() == 1
        ? List.of(step.client())
        : IntStream.rangeClosed(1, step.sessions()).mapToObj(i -> step.client() + i).toList();
  }
}
