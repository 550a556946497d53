package io.causa.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Many runs, several at the same time, with progress; stops at the first broken promise. */
final class Campaign {

  private static final long PROGRESS_MILLIS = 5000;

  private final long firstSeed;
  private final long mostSeeds;
  private final long mostMillis;
  private final LongFunction<Plan> plans;
  private final Tally tally = new Tally();
  private final long startNanos = System.nanoTime();
  private long taken;
  private long done;
  private long steps;
  private long simulatedMillis;
  private long progressMillis;
  private Run.Result failed;

  /**
   * @param plans makes the plan of a seed
   */
  Campaign(long firstSeed, long mostSeeds, long mostMillis, LongFunction<Plan> plans) {
    this.firstSeed = firstSeed;
    this.mostSeeds = mostSeeds;
    this.mostMillis = mostMillis;
    this.plans = plans;
  }

  /** Plays; false if a promise was broken. */
  boolean play(int threads) throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::work, "simulation-" + i);
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return failed == null;
  }

  private void work() {
    long seed = take();
    while (seed >= 0) {
      finish(Run.play(plans.apply(seed), false));
      seed = take();
    }
  }

  private synchronized long take() {
    boolean over = taken >= mostSeeds || elapsedMillis() >= mostMillis || failed != null;
    return over ? -1 : firstSeed + taken++;
  }

  private synchronized void finish(Run.Result result) {
    done++;
    steps += result.steps();
    simulatedMillis += result.simulatedMillis();
    tally.addAll(result.tally());
    if (result.failure().isPresent() && failed == null) {
      failed = result;
    }
    if (elapsedMillis() - progressMillis >= PROGRESS_MILLIS) {
      progressMillis = elapsedMillis();
      System.out.println(figures());
    }
  }

  /** What was injected, which states were reached, and how to see a failure. */
  void summary(PrintStream out) {
    tally.print(out);
    out.println(figures());
    if (failed == null) {
      out.println("all promises kept");
      return;
    }
    Failure failure = failed.failure().orElseThrow();
    out.println("FAILED: " + failure.text());
    out.println("  again:    " + failed.plan().command());
    out.println("  shrinking …");
    out.println("  smallest: " + Shrinker.shrink(failed.plan(), failure.rule()).command());
  }

  private String figures() {
    double seconds = Math.max(1, elapsedMillis()) / 1000.0;
    return "%d seeds in %.0f s: %.0f seeds/s, %.0f steps/s, %.0f client requests/s, %.1f h simulated"
        .formatted(
            done,
            seconds,
            done / seconds,
            steps / seconds,
            tally.startingWith("requests ") / seconds,
            simulatedMillis / 3_600_000.0);
  }

  private long elapsedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
