package io.causa.torture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Brings faults about while the clients work, or learns of them. It runs until it is told to end or
 * has a reason to; its findings are asked for afterwards.
 */
interface FaultSource extends Callable<Void> {
  /** How often which fault was brought about. */
  Map<String, Integer> counts();

  /** What must not have happened. */
  List<String> problems();

  /** From the end of all faults to all nodes having everything. */
  long longestRecoveryNanos();

  /** What is wrong with the links now, for people; from any thread. */
  String links();
}
