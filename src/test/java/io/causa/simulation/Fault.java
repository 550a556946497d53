package io.causa.simulation;

import java.util.Locale;

/** What a run may suffer from; each can be left out to shrink a failure. */
enum Fault {
  /** Messages between nodes are lost. */
  LOSS,
  /** Messages between nodes arrive twice. */
  DUPLICATION,
  /** Messages between nodes overtake each other. */
  REORDERING,
  /** A link takes up to seconds. */
  SLOW_LINKS,
  /** Two halves of the cluster do not hear each other. */
  PARTITIONS,
  /** A node is not heard, or does not hear, or one link is dead in one direction. */
  ONE_WAY,
  /** A link, or the writes of one origin, are held back and come all at once. */
  HOLDS,
  /** A node's registration on the bus is lost. */
  DEAFNESS,
  /** A process ends, also in the middle of a commit, and starts again. */
  CRASHES,
  /** A node starts again without its data. */
  LOST_DIRECTORIES,
  /** A machine loses its power, and what was not synced. */
  POWER_LOSS,
  /** A process stands still, and then goes on. */
  STALLS,
  /** The wall clock is set back. */
  CLOCK_BACK,
  /** Requests and answers of clients are lost. */
  CLIENT_LOSS,
  /** A node is down, and the others forget it; it may come back all the same. */
  FORGETTING,
  /** A node is told to end, and ends when its live peers have its writes, or some time later. */
  SHUTDOWNS,
  /** Backups are made, and later one is put in the place of what came after it. */
  RESTORES,
  /** A bit of a snapshot on its way is flipped. */
  DAMAGE,
  /**
   * A commit, the install of a snapshot, or the write of a roster or of a standing fails: nothing
   * or all of it reached the disk, and the failure is reported, or the call never ends.
   */
  FAILED_WRITES,
  /** A read of the log fails. */
  FAILED_READS,
  /** A disk is full: all writes fail until there is room again, some restarts later. */
  FULL_DISKS,
  /** Some nodes run the version before at first, and this one when they start again. */
  EARLIER_VERSIONS,
  /** A node is told that a former generation has ended, whether its directory is gone or not. */
  RETIRING;

  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Fault of(String option) {
    return valueOf(option.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
