package io.causa.simulation;

import io.causa.core.KeyChange;
import io.causa.core.Renaming;
import io.causa.core.StagedWrite;

/** A write as a directory holds it after its last own ones were given to the next generation. */
final class RenamedWrite {

  private RenamedWrite() {}

  static StagedWrite of(StagedWrite write, Renaming renaming) {
    return new StagedWrite(
        renaming.rename(write.write()),
        write.changes().stream().map(change -> of(change, renaming)).toList(),
        renaming.rename(write.before()),
        renaming.rename(write.after()),
        write.ticket());
  }

  private static KeyChange of(KeyChange change, Renaming renaming) {
    return new KeyChange(
        renaming.rename(change.version()), renaming.rename(change.state()), change.conflicts());
  }
}
