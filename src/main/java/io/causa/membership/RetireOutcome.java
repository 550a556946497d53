package io.causa.membership;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import java.util.List;

/** What became of the order to retire a generation. */
public sealed interface RetireOutcome {

  /** Its history ends with this write, since now or since before; all others will hear of it. */
  record Retired(Dot last) implements RetireOutcome {}

  /** Nothing of it was ever applied here. */
  record Unknown(Replica replica) implements RetireOutcome {}

  /** It belongs to the cluster. */
  record Current(Replica replica) implements RetireOutcome {}

  /**
   * More of its writes may yet be applied by some member.
   *
   * @param last its last write that is applied here
   * @param reasons who lacks what, for people; at least one
   */
  record Unsettled(Dot last, List<String> reasons) implements RetireOutcome {}
}
