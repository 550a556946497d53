package io.causa.simulation;

import io.causa.replication.link.LinkFaultRule;
import java.util.Optional;

/** Link fault rules in the words of a test. */
final class Faults {

  private Faults() {}

  /** Nothing arrives on this directed link. */
  static LinkFaultRule cut(String from, String to) {
    return new LinkFaultRule(
        Optional.of(from), Optional.of(to), Optional.empty(), 0, 0, 1, 0, 0, false);
  }

  /** Nothing from this node arrives anywhere. */
  static LinkFaultRule cutFrom(String from) {
    return new LinkFaultRule(
        Optional.of(from), Optional.empty(), Optional.empty(), 0, 0, 1, 0, 0, false);
  }

  /** Nothing arrives at this node. */
  static LinkFaultRule cutTo(String to) {
    return new LinkFaultRule(
        Optional.empty(), Optional.of(to), Optional.empty(), 0, 0, 1, 0, 0, false);
  }

  /** The writes of this origin do not arrive there on any road until the rule is gone. */
  static LinkFaultRule holdOrigin(String origin, String to) {
    return new LinkFaultRule(
        Optional.empty(), Optional.of(to), Optional.of(origin), 0, 0, 0, 0, 0, true);
  }

  /** The writes of this origin are lost, on whatever road they go. */
  static LinkFaultRule loseOrigin(String origin) {
    return new LinkFaultRule(
        Optional.empty(), Optional.empty(), Optional.of(origin), 0, 0, 1, 0, 0, false);
  }

  /** Everything on this directed link waits until the rule is gone. */
  static LinkFaultRule hold(String from, String to) {
    return new LinkFaultRule(
        Optional.of(from), Optional.of(to), Optional.empty(), 0, 0, 0, 0, 0, true);
  }

  /** This directed link takes so much longer. */
  static LinkFaultRule slow(String from, String to, long delayMillis) {
    return new LinkFaultRule(
        Optional.of(from), Optional.of(to), Optional.empty(), delayMillis, 0, 0, 0, 0, false);
  }

  /** Every link loses, repeats and reorders. */
  static LinkFaultRule chaos(double drop, double duplicate, double reorder, long jitterMillis) {
    return new LinkFaultRule(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        jitterMillis,
        drop,
        duplicate,
        reorder,
        false);
  }
}
