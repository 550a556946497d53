package io.causa.simulation;

import io.causa.engine.port.Handoff;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A simulated process as the host of an engine. Loops open at their own pace; work beside the loops
 * takes its time; each step of a stop may hang.
 */
final class SimulatedHost implements Host {

  private static final long MOST_OPENING_MICROS = 20_000;
  private static final long MOST_SLOW_OPENING_MICROS = 3_000_000;
  private static final double SLOW_OPENINGS = 0.01;
  private static final long MOST_WORK_MICROS = 2000;
  private static final long MOST_STEP_MICROS = 50_000;
  private static final double HANGING_STEPS = 0.1;

  private final SimulatedProcess process;
  private final Dice dice;
  private final BiConsumer<String, Throwable> failed;
  private final Loop clock;
  private final Map<LoopName, SimulatedLoop> loops = new EnumMap<>(LoopName.class);
  private Runnable left = () -> {};
  private boolean takesRequests = true;

  /**
   * @param failed is told what ends the process
   */
  SimulatedHost(SimulatedProcess process, Dice dice, BiConsumer<String, Throwable> failed) {
    this.process = process;
    this.dice = dice;
    this.failed = failed;
    this.clock = new SimulatedLoop(process, dice.split());
  }

  /** Sets what happens when the cluster is left. */
  void onLeave(Runnable leave) {
    left = leave;
  }

  /** Whether clients reach the process. */
  boolean takesRequests() {
    return takesRequests;
  }

  @Override
  public CompletionStage<Void> open(LoopName name, Consumer<Loop> opened) {
    CompletableFuture<Void> open = new CompletableFuture<>();
    SimulatedLoop loop = new SimulatedLoop(process, dice.split());
    loops.put(name, loop);
    process.at(
        process.schedule().nowMicros() + dice.between(0, mostOpeningMicros()),
        () -> {
          opened.accept(loop);
          open.complete(null);
        });
    return open;
  }

  /** Now and then one loop is open long before another. */
  private long mostOpeningMicros() {
    return dice.chance(SLOW_OPENINGS) ? MOST_SLOW_OPENING_MICROS : MOST_OPENING_MICROS;
  }

  @Override
  public CompletionStage<Void> close(LoopName name, Runnable last) {
    SimulatedLoop loop = loops.get(name);
    if (loop == null) {
      last.run();
      return CompletableFuture.completedStage(null);
    }
    CompletableFuture<Void> closed = new CompletableFuture<>();
    loop.run(
        () -> {
          last.run();
          later(() -> closed.complete(null));
        });
    return closed;
  }

  @Override
  public Handoff handoff(String from, LoopName to) {
    return new SimulatedHandoff(process, dice.split());
  }

  @Override
  public long wallMillis() {
    return process.schedule().nowMillis();
  }

  @Override
  public void work(Runnable work) {
    process.at(process.schedule().nowMicros() + dice.between(1, MOST_WORK_MICROS), work);
  }

  @Override
  public void fail(String what, Throwable cause) {
    if (process.isRunning()) {
      failed.accept(what, cause);
    }
  }

  @Override
  public Loop clock() {
    return clock;
  }

  @Override
  public CompletionStage<Void> endRequests(long patienceMillis) {
    takesRequests = false;
    CompletableFuture<Void> ended = new CompletableFuture<>();
    later(() -> ended.complete(null));
    return ended;
  }

  @Override
  public CompletionStage<Void> leave() {
    left.run();
    CompletableFuture<Void> over = new CompletableFuture<>();
    later(() -> over.complete(null));
    return over;
  }

  private void later(Runnable done) {
    if (!dice.chance(HANGING_STEPS)) {
      process.at(process.schedule().nowMicros() + dice.between(0, MOST_STEP_MICROS), done);
    }
  }
}
