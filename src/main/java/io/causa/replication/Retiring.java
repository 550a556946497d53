package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import java.util.List;

/** What became of the order to retire a generation. */
public sealed interface Retiring {

  /** It is retired here behind this write, and all others will hear of it. */
  record Retired(Dot last) implements Retiring {}

  /** Nothing of it was ever applied here. */
  record Unknown(Replica replica) implements Retiring {}

  /** It belongs to the cluster. */
  record Current(Replica replica) implements Retiring {}

  /**
   * More of its writes may yet be applied by some member.
   *
   * @param last its last write that is applied here
   * @param reasons who lacks what, for people; at least one
   */
  record Unsettled(Dot last, List<String> reasons) implements Retiring {}
}
