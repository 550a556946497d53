package io.causa.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of readers on other threads. Each happens at some moment soon, also in the middle of
 * what the store's loop does: between two changes of the read view.
 */
final class Readers {

  private static final long MOST_STEP_MICROS = 3000;
  private static final long LONG_STEP_MICROS = 4_000_000;

  private final SimulatedProcess process;
  private final Dice dice;
  private final Tally tally;
  private final List<Runnable> waiting = new ArrayList<>();

  Readers(SimulatedProcess process, Dice dice, Tally tally) {
    this.process = process;
    this.dice = dice;
    this.tally = tally;
  }

  /** A reader goes on soon; now and then its thread gets no turn for long. */
  void step(Runnable step) {
    waiting.add(step);
    long mostMicros = dice.chance(0.03) ? LONG_STEP_MICROS : MOST_STEP_MICROS;
    process.at(
        process.schedule().nowMicros() + dice.between(1, mostMicros),
        () -> {
          if (waiting.remove(step)) {
            step.run();
          }
        });
  }

  /** The store's loop is between two changes: readers may look now. */
  void lookBetween() {
    while (!waiting.isEmpty() && dice.chance(0.5)) {
      tally.count("reads between two changes of one commit");
      waiting.remove(dice.below(waiting.size())).run();
    }
  }
}
