package io.causa.engine;

import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A host whose loops a test drives by hand; what is handed over arrives at once. */
final class ManualHost implements DirectHost {

  static final long WALL_MILLIS = 1_700_000_000_000L;

  final Set<LoopName> unopenable = EnumSet.noneOf(LoopName.class);
  final List<String> failures = new ArrayList<>();
  private final ManualLoop clock = new ManualLoop();
  private final Map<LoopName, ManualLoop> loops = new EnumMap<>(LoopName.class);

  /** Returns a loop, whether it is open or not. */
  ManualLoop loop(LoopName name) {
    return loops.computeIfAbsent(name, first -> new ManualLoop());
  }

  /** Runs all tasks of all loops, and those that they give each other. */
  void runAll() {
    while (loops.values().stream().anyMatch(loop -> loop.waiting() > 0)) {
      loops.values().forEach(ManualLoop::runAll);
    }
  }

  /** Lets time pass on every loop. */
  void pass(long millis) {
    clock.pass(millis);
    loops.values().forEach(loop -> loop.pass(millis));
    runAll();
  }

  @Override
  public CompletionStage<Void> open(LoopName name, Consumer<Loop> opened) {
    if (unopenable.contains(name)) {
      return CompletableFuture.failedStage(new IllegalStateException("no loop for " + name));
    }
    opened.accept(loop(name));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public long wallMillis() {
    return WALL_MILLIS;
  }

  @Override
  public void work(Runnable work) {
    work.run();
  }

  @Override
  public void fail(String what, Throwable cause) {
    failures.add(what);
  }

  @Override
  public ManualLoop clock() {
    return clock;
  }
}
