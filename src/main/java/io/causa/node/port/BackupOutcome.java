package io.causa.node.port;

import io.causa.clock.VersionVector;

/** How a backup ended. */
public sealed interface BackupOutcome {

  /**
   * The copy is whole and on the disk.
   *
   * @param directory its path on the node's machine
   * @param applied what is in it
   */
  record Made(String directory, VersionVector applied) implements BackupOutcome {}

  /** There is something of that name already, which stays as it is. */
  record Exists(String directory) implements BackupOutcome {}

  /** This node makes no backups; the reason is for people. */
  record Off(String reason) implements BackupOutcome {}

  /** No copy was made; the reason is for people. */
  record Failed(String reason) implements BackupOutcome {}
}
