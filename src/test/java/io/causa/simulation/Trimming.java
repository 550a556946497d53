package io.causa.simulation;

import io.causa.clock.VersionVector;

/** Tells the observers what a commit has trimmed from the log of its directory. */
final class Trimming {

  private Trimming() {}

  /**
   * @param before what the log held no longer before the commit
   */
  static void note(VersionVector before, Landed commit, SimulatedDisk disk) {
    VersionVector after = disk.trimmed();
    if (!after.equals(before)) {
      EndedGenerations ended = disk.world().ended();
      String replica = disk.self().toString();
      disk.world().tally().count("commits that trimmed the log");
      disk.world()
          .observers()
          .forgetting()
          .trimmed(
              replica,
              ended.counts(replica, before),
              ended.counts(replica, after),
              ended.counts(replica, commit.stable()));
    }
  }
}
