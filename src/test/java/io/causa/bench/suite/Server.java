package io.causa.bench.suite;

import java.util.List;

/** A system that is measured: one process or more. */
interface Server extends AutoCloseable {

  /** Returns its name, for people. */
  String name();

  /** Returns its processes. */
  List<Long> processes();

  /** Waits until all that was written is everywhere: only then another system may have its turn. */
  default void settle() {}

  @Override
  void close();
}
