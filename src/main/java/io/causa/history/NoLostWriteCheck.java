package io.causa.history;

import java.util.List;

/**
 * What was acknowledged is there at the end, at every node, unless something newer took its place.
 */
final class NoLostWriteCheck implements Check {
  static final String NAME = "no-lost-write";

  @Override
  public List<Violation> check(Causality causality) {
    return new FinalReads(causality, NAME, "a newer version was acknowledged")
        .judge(acknowledged(causality));
  }

  private static Past acknowledged(Causality causality) {
    Past acknowledged = Past.NOTHING;
    for (int i = 0; i < causality.events().size(); i++) {
      if (causality.isWrite(i) && causality.event(i).outcome().known()) {
        acknowledged = acknowledged.join(Past.of(causality.chain(i), causality.position(i)));
      }
    }
    return acknowledged;
  }
}
