package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.membership.Roster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where commits become durable, and from where peers are served what they lack.
 *
 * <p>Calls come from event loops and never block: work that may block runs on a thread of the
 * adapter, and the stages complete on any thread. {@link #commit} is called for one commit at a
 * time, in the order of their numbers; reads may come at any time, also during a commit, and see
 * what is durable only: of a commit under way nothing or all.
 */
public interface Storage {

  /**
   * What was found when the storage was opened. After the first commit without the key states,
   * which are the store's by then.
   */
  Recovered recovered();

  /** This run of the replica, begun when the storage was opened. */
  Incarnation incarnation();

  /**
   * Makes the standing durable; it decides what the next start becomes. Of several calls the last
   * counts. {@link #incarnation} stays what it was.
   *
   * @param standing in its {@link Standing#durable durable} form
   */
  CompletionStage<Void> stand(Standing standing);

  /** Whether the next start of the node finds the data, unless that is taken away. */
  default boolean outlivesTheProcess() {
    return true;
  }

  /** Whom the replica knew when {@link #keep} was called last; nobody if it never was. */
  Roster roster();

  /**
   * Makes the roster durable, in every mode before the stage completes. Of several calls the last
   * counts.
   */
  CompletionStage<Void> keep(Roster roster);

  /**
   * Makes the whole commit durable, in the configured mode, or none of it: log entries, final key
   * states, removed tombstones, vector and Lamport time are one atomic batch. A failure is final,
   * as what it left behind is unknown until the storage is opened again: all later commits and
   * installs fail, and the caller stops the node.
   */
  CompletionStage<Void> commit(Commit commit);

  /**
   * Makes a peer's snapshot durable as one atomic batch, in the place of a commit: the key states
   * that it changes, adopted writes, vector and Lamport time. Of each origin whose writes it brings
   * the log holds nothing up to there any more; of all others it keeps what it has. A failure is
   * final.
   */
  CompletionStage<Void> install(SnapshotInstall.Prepared snapshot);

  /**
   * The origin's writes from the log, in the order of their sequences, without gaps, starting with
   * {@code from}.
   *
   * @param from the first sequence wanted
   * @param to the last sequence wanted, inclusive
   * @param maxBytes the sum of {@link Write#sizeBytes()} at the most; the first write comes
   *     whatever its size
   * @return empty if the log does not hold {@code from}
   */
  CompletionStage<List<Write>> read(Replica origin, long from, long to, int maxBytes);

  /** What the log holds no longer: of each origin, all writes up to this. */
  VersionVector trimmed();

  /** Bytes that the log occupies, about. */
  long logBytes();

  /**
   * Copies all that is durable at one instant between two commits, while commits and reads go on.
   * The copy is a data directory whose first start is a new generation.
   *
   * @param directory made by this; its parents, too
   * @return what is applied in the copy; empty if there was something of that name already. Fails
   *     with a {@link StorageException} if the copy cannot be made, or one is being made already
   */
  CompletionStage<Optional<VersionVector>> backup(Path directory);

  /**
   * Completes when everything that was there at the start has been read once; fails if something is
   * damaged that was not needed for the start. The caller stops the node.
   */
  CompletionStage<Void> checked();

  /** How much log is kept. */
  LogLimits logLimits();

  /**
   * Ends after all that is under way. Calls that come later fail with a {@link StorageException},
   * but for another one of this, which completes with the first.
   */
  CompletionStage<Void> close();
}
