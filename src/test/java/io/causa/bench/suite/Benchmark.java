package io.causa.bench.suite;

import java.util.List;

/** One part of the suite: it starts what it measures, measures, and ends it again. */
interface Benchmark {

  /** Returns the name by which {@code bin/bench all} runs it alone. */
  String name();

  /** Returns the targets that it finds figures for. */
  List<String> targets();

  /** Whether the quick form has it. */
  default boolean isQuick() {
    return false;
  }

  /**
   * Measures.
   *
   * @throws BenchException if it cannot
   */
  void run(Lab lab, Findings findings);
}
