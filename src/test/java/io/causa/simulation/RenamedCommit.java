package io.causa.simulation;

import io.causa.core.Collected;
import io.causa.core.Commit;
import io.causa.core.KeyChange;
import io.causa.core.PreparedWrite;
import io.causa.core.Renaming;
import java.util.List;

/** A commit as a directory holds it after its last writes were given to the next generation. */
final class RenamedCommit {

  private RenamedCommit() {}

  static Commit of(Commit commit, Renaming renaming) {
    List<PreparedWrite> writes = commit.writes().stream().map(w -> of(w, renaming)).toList();
    return new Commit(
        commit.number(),
        writes,
        renaming.rename(commit.before()),
        renaming.rename(commit.after()),
        commit.lamport(),
        new Collected(commit.collected().keys(), renaming.rename(commit.collected().floor())),
        renaming.rename(commit.stable()));
  }

  private static PreparedWrite of(PreparedWrite write, Renaming renaming) {
    return new PreparedWrite(
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
