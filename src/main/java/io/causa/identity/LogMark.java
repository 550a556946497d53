package io.causa.identity;

import io.causa.clock.Replica;

/**
 * What is noted beside the write-ahead log of a directory when a part of the log is on the disk.
 *
 * @param change the number of the last change that is on the disk
 * @param generation whose data it is; 0 before the first run that keeps a mark has begun
 * @param standing the durable one by then
 */
public record LogMark(long change, long generation, Standing standing) {

  /** Returns whether the mark tells of the data of this replica, and not of another directory. */
  boolean isOf(Replica self) {
    return generation == 0 || generation == self.generation();
  }
}
