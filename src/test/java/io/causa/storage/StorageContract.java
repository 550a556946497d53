package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Storage} promises; each adapter's test extends it. */
public abstract class StorageContract {

  /** The replica whose storage it is. */
  protected static final Replica SELF = new Replica("self", 7L << 11);

  static final Replica OTHER = new Replica("other", 8);
  static final Replica THIRD = new Replica("third", 9);
  private static final int ALL_BYTES = Integer.MAX_VALUE;
  private static final String AFTER_A_FAILURE = StorageException.afterAFailure().getMessage();

  /** The storage under test. */
  protected Storage storage;

  /** What its replica commits. */
  protected Commits commits;

  volatile long nowMillis = 7;

  /** Opens a storage without any data. */
  protected abstract Storage open(LogLimits limits, LongSupplier clockMillis);

  /** Returns what the write counts in the log: on the disk, or on the heap. */
  protected long logBytes(Write write) {
    return write.sizeBytes();
  }

  /** Returns what the stage completes with, and waits for it if need be. */
  protected <T> T await(CompletionStage<T> stage) {
    return Stages.await(stage);
  }

  @BeforeEach
  void openEmpty() {
    reopenEmpty(1 << 20);
  }

  @AfterEach
  void close() {
    await(storage.close());
  }

  void reopenEmpty(long logBytes) {
    reopenEmpty(LogLimits.ofBytes(logBytes));
  }

  void reopenEmpty(LogLimits limits) {
    if (storage != null) {
      close();
    }
    storage = open(limits, () -> nowMillis);
    commits = new Commits(storage.recovered());
  }

  @Test
  void anEmptyStorageHasAnIdentityAndNothingElse() {
    Recovered recovered = storage.recovered();

    assertThat(recovered.self()).isEqualTo(SELF);
    assertThat(recovered.applied()).isEqualTo(VersionVector.EMPTY);
    assertThat(recovered.lamport()).isZero();
    assertThat(recovered.states()).isEmpty();
    assertThat(storage.trimmed()).isEqualTo(VersionVector.EMPTY);
    assertThat(storage.logBytes()).isZero();
  }

  @Test
  void committedWritesAreReadInTheOrderOfTheirSequences() {
    List<Write> written = writesOf(commit(commits.local("a", "b")), commit(commits.local("c")));

    assertThat(read(SELF, 1, 3)).isEqualTo(written);
    assertThat(read(SELF, 2, 2)).isEqualTo(written.subList(1, 2));
    assertThat(read(SELF, 2, 99)).isEqualTo(written.subList(1, 3));
    assertThat(storage.logBytes()).isPositive();
  }

  @Test
  void theWritesOfEachOriginAreReadByThemselves() {
    Commit local = commit(commits.local("a"));
    Commit remote = commit(commits.remote(OTHER, "b"));

    assertThat(read(SELF, 1, 9)).isEqualTo(writesOf(local));
    assertThat(read(OTHER, 1, 9)).isEqualTo(writesOf(remote));
  }

  /** The log keeps the writes of a generation that a base stands for, and lets them go in turn. */
  /** The replica has heard that these have ended, before it raises a base. */
  protected void told(Endings ended) {}

  @Test
  void theLogServesAnEndedGenerationUntilItsWritesGo() {
    reopenEmpty(8_000);
    List<Write> former =
        writesOf(commit(commits.remote(OTHER, "b")), commit(commits.remote(OTHER, "c")));
    Dot base = Dot.ofBase(OTHER.name(), OTHER.generation() + 1);
    Endings ended =
        Endings.of(List.of(new Dot(OTHER, 2)), Map.of(OTHER.name(), base.sequence()), Map.of());

    told(ended);
    commit(commits.raise(ended));

    assertThat(commits.states().applied()).isEqualTo(VersionVector.of(base));
    assertThat(read(OTHER, 1, 9)).isEqualTo(former);
    assertThat(storage.trimmed().get(OTHER)).isZero();
    for (int i = 0; i < 20; i++) {
      commit(commits.large("large", 1000));
    }
    assertThat(read(OTHER, 1, 9)).isEmpty();
    assertThat(storage.trimmed().covers(base)).isTrue();
    assertThat(storage.trimmed().size()).isLessThanOrEqualTo(2);
  }

  @Test
  void whatTheLogDoesNotHoldIsReadAsNothing() {
    commit(commits.local("a"));

    assertThat(read(SELF, 2, 9)).isEmpty();
    assertThat(read(OTHER, 1, 9)).isEmpty();
  }

  @Test
  void aReadEndsAtItsLimitOfBytesButHasAtLeastOneWrite() {
    List<Write> written = writesOf(commit(commits.local("a", "b", "c")));
    int two = written.get(0).sizeBytes() + written.get(1).sizeBytes();

    assertThat(await(storage.read(SELF, 1, 3, two))).isEqualTo(written.subList(0, 2));
    assertThat(await(storage.read(SELF, 1, 3, two - 1))).isEqualTo(written.subList(0, 1));
    assertThat(await(storage.read(SELF, 2, 3, 1))).isEqualTo(written.subList(1, 2));
  }

  @Test
  void everyKindOfWriteIsReadAsItWasCommitted() {
    List<Write> written = writesOf(commit(commits.everyKind()));

    assertThat(read(SELF, 1, 99)).isEqualTo(written);
  }

  @Test
  void theOldestWritesGoFirstWhenTheLogIsFull() {
    reopenEmpty(1200);
    commit(commits.remote(OTHER, "first"));
    for (int i = 0; i < 100; i++) {
      commit(commits.local("key" + i));
    }

    long gone = storage.trimmed().get(SELF);
    assertThat(gone).isPositive();
    assertThat(storage.trimmed().covers(new Dot(OTHER, 1))).isTrue();
    assertThat(storage.logBytes()).isLessThanOrEqualTo(1200);
    assertThat(read(SELF, gone, 100)).isEmpty();
    assertThat(read(SELF, gone + 1, 100)).hasSize((int) (100 - gone)).isNotEmpty();
  }

  @Test
  void theNewestWriteStaysHoweverLargeItIs() {
    reopenEmpty(1);
    commit(commits.local("a"));
    List<Write> newest = writesOf(commit(commits.local("b")));

    assertThat(read(SELF, 2, 2)).isEqualTo(newest);
    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
  }

  /** The writes of a member that has been away are older, and others need what it lacks. */
  @Test
  void whatEveryMemberHasGoesBeforeWhatSomeoneLacks() {
    reopenEmpty(1000);
    commit(commits.remote(OTHER, "nobody else has it"));
    for (int i = 1; i <= 100; i++) {
      commits.stable(VersionVector.of(new Dot(SELF, i)));
      commit(commits.local("key" + i));
    }

    assertThat(storage.trimmed().get(SELF)).isPositive();
    assertThat(read(OTHER, 1, 1)).hasSize(1);
  }

  @Test
  void theLimitHoldsHoweverMuchSomeoneLacks() {
    reopenEmpty(1000);
    commit(commits.local("stable"));
    commits.stable(commits.states().applied());
    for (int i = 1; i <= 100; i++) {
      commit(commits.remote(OTHER, "key" + i));
    }

    assertThat(read(SELF, 1, 1)).isEmpty();
    assertThat(storage.trimmed().get(OTHER)).isPositive();
    assertThat(storage.logBytes()).isLessThanOrEqualTo(1000);
  }

  @Test
  void whatIsTooOldGoesWithTheNextCommit() {
    reopenEmpty(new LogLimits(1 << 20, 6400));
    commit(commits.local("a"));
    commit(commits.remote(OTHER, "b"));
    nowMillis += 1000;
    commit(commits.local("c"));
    nowMillis += 6399;
    commit(commits.local("d"));
    assertThat(storage.trimmed()).isEqualTo(VersionVector.EMPTY);

    nowMillis += 1;
    commit(commits.local("e"));

    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(SELF, 1), new Dot(OTHER, 1)));
    assertThat(read(SELF, 2, 9)).hasSize(3);
    assertThat(storage.logBytes())
        .isEqualTo(read(SELF, 2, 9).stream().mapToLong(this::logBytes).sum());
  }

  @Test
  void aCommitMayRemoveTombstonesAndWriteNothing() {
    commit(commits.local("kept"));
    commit(commits.delete("gone"));
    VersionVector applied = commits.states().applied();

    Commit removal = commit(commits.collect(applied));

    assertThat(removal.writes()).isEmpty();
    assertThat(removal.removed().keys()).containsExactly("gone");
    assertThat(read(SELF, 1, 9)).as("the log keeps its entries").hasSize(2);
    commit(commits.local("gone"));
    assertThat(read(SELF, 3, 9)).hasSize(1);
  }

  @Test
  void aCommitThatDoesNotFollowTheLastOneIsRefused() {
    Commit skipped = commits.local("a");
    Commit next = commits.local("b");

    assertThatThrownBy(() -> commit(next))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessageContaining("follows " + skipped.after() + ", not {}");
  }

  @Test
  void aSnapshotLeavesALogWithoutGapsThatGoesOnBehindIt() {
    List<Write> own = writesOf(commit(commits.local("mine")));
    commit(commits.remote(OTHER, "old"));
    List<Write> third = writesOf(commit(commits.remote(THIRD, "a")));
    long ownBytes = logBytes(own.get(0)) + logBytes(third.get(0));

    install(Commits.snapshot(new Dot(OTHER, 40), "new"));

    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(OTHER, 40)));
    assertThat(storage.logBytes()).isEqualTo(ownBytes);
    assertThat(read(OTHER, 1, 99)).isEmpty();
    assertThat(read(SELF, 1, 99)).isEqualTo(own);
    assertThat(read(THIRD, 1, 99)).isEqualTo(third);
    List<Write> next = writesOf(commit(commits.remote(OTHER, "next")));
    assertThat(next.get(0).dot()).isEqualTo(new Dot(OTHER, 41));
    assertThat(read(OTHER, 41, 99)).isEqualTo(next);
  }

  @Test
  void whatIsAdoptedWithASnapshotIsInTheLog() {
    List<Write> late = writesOf(commit(commits.local("mine")));
    Dot last = new Dot(OTHER, 40);

    SnapshotInstall.Prepared installed =
        install(Commits.snapshot(last, VersionVector.of(last), "new"));

    assertThat(installed.adopted()).hasSize(1);
    Write adopted = installed.adopted().get(0).write();
    assertThat(adopted.dot()).isEqualTo(new Dot(SELF, 2));
    assertThat(read(SELF, 1, 99)).isEqualTo(List.of(late.get(0), adopted));
    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(last));
    commit(commits.local("next"));
  }

  @Test
  void theLogIsTrimmedAsBeforeWhenItIsFullAfterASnapshot() {
    reopenEmpty(1200);
    commit(commits.remote(OTHER, "old"));
    commit(commits.local("mine"));
    install(Commits.snapshot(new Dot(OTHER, 40), "new"));

    for (int i = 0; i < 50; i++) {
      commit(commits.remote(OTHER, "key" + i));
    }

    assertThat(storage.logBytes()).isPositive().isLessThanOrEqualTo(1200);
    assertThat(storage.trimmed().get(SELF)).isEqualTo(1);
    assertThat(read(OTHER, storage.trimmed().get(OTHER) + 1, 99)).isNotEmpty();
  }

  @Test
  void aSnapshotThatDoesNotFollowTheLastCommitIsRefused() {
    commits.local("a");
    SnapshotInstall.Prepared next = commits.install(Commits.snapshot(new Dot(OTHER, 4), "b"));

    assertThatThrownBy(() -> await(storage.install(next)))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessage("a snapshot follows {" + SELF + "=1}, not {}");
  }

  /** What a commit that failed left behind is unknown, so nothing may be built on it. */
  @Test
  void afterAFailedCommitEveryLaterOneFails() {
    Commit first = commits.local("a");
    Commit skipping = commits.local("b");
    SnapshotInstall.Prepared snapshot = Commits.ofNothing(SELF).install(snapshotOfOther());
    assertThatThrownBy(() -> commit(skipping)).isInstanceOf(AssertionError.class);

    assertThatThrownBy(() -> commit(first)).hasRootCauseMessage(AFTER_A_FAILURE);
    assertThatThrownBy(() -> await(storage.install(snapshot))).hasRootCauseMessage(AFTER_A_FAILURE);
    assertThat(read(SELF, 1, 9)).isEmpty();
  }

  @Test
  void afterAFailedInstallEveryCommitFails() {
    Commit first = commits.local("a");
    SnapshotInstall.Prepared skipping = commits.install(snapshotOfOther());
    assertThatThrownBy(() -> await(storage.install(skipping))).isInstanceOf(AssertionError.class);

    assertThatThrownBy(() -> commit(first)).hasRootCauseMessage(AFTER_A_FAILURE);
  }

  private static ReplicaSnapshot snapshotOfOther() {
    return Commits.snapshot(new Dot(OTHER, 4), "b");
  }

  @Test
  void aReadDuringACommitSeesAllOfItOrNothing() {
    Commit commit = commits.local("a", "b", "c");

    CompletionStage<Void> underWay = storage.commit(commit);
    List<Write> seen = read(SELF, 1, 9);
    await(underWay);

    assertThat(List.of(List.of(), writesOf(commit))).contains(seen);
    assertThat(read(SELF, 1, 9)).isEqualTo(writesOf(commit));
  }

  @Test
  void whatWasFoundAtTheStartStaysWhatItWasDuringTheRun() {
    Recovered found = storage.recovered();
    Incarnation incarnation = storage.incarnation();

    commit(commits.local("a"));
    await(storage.stand(Standing.renounced(1)));

    assertThat(storage.recovered()).isEqualTo(found);
    assertThat(storage.incarnation()).isEqualTo(incarnation);
  }

  @Test
  void theRosterIsTheOneThatWasKeptLast() {
    assertThat(storage.roster()).isEqualTo(Roster.EMPTY);
    Roster last = Roster.EMPTY;
    CompletionStage<Void> kept = null;

    for (int i = 1; i <= 5; i++) {
      last = last.declare(new Replica("n" + i, i));
      kept = storage.keep(last);
    }
    await(kept);

    assertThat(storage.roster()).isEqualTo(last);
  }

  @Test
  void theLimitsOfTheLogAreThoseThatWereAskedFor() {
    LogLimits limits = new LogLimits(4321, 98_765);
    reopenEmpty(limits);

    assertThat(storage.logLimits()).isEqualTo(limits);
  }

  @Test
  void aStorageWithoutDamageIsFoundToHaveNoDamage() {
    commit(commits.local("a"));

    await(storage.checked());
  }

  @Test
  void theEndComesAfterTheCommitUnderWay() {
    CompletionStage<Void> underWay = storage.commit(commits.local("a"));

    await(storage.close());

    assertThat(underWay.toCompletableFuture()).isCompleted();
  }

  @Test
  void afterTheEndEveryCallFails() {
    SnapshotInstall.Prepared snapshot = Commits.ofNothing(SELF).install(snapshotOfOther());
    CompletionStage<Void> closed = storage.close();
    await(closed);

    await(storage.close());
    assertHasStopped(storage.commit(commits.local("a")));
    assertHasStopped(storage.install(snapshot));
    assertHasStopped(storage.read(SELF, 1, 1, ALL_BYTES));
    assertHasStopped(storage.keep(Roster.EMPTY));
    assertHasStopped(storage.stand(Standing.TRUSTED));
  }

  private void assertHasStopped(CompletionStage<?> stage) {
    assertThatThrownBy(() -> await(stage))
        .hasRootCauseInstanceOf(StorageException.class)
        .rootCause()
        .hasMessageEndingWith(" has stopped");
  }

  protected final SnapshotInstall.Prepared install(ReplicaSnapshot snapshot) {
    SnapshotInstall.Prepared prepared = commits.install(snapshot);
    await(storage.install(prepared));
    return prepared;
  }

  protected final Commit commit(Commit commit) {
    await(storage.commit(commit));
    return commit;
  }

  protected final List<Write> read(Replica origin, long from, long to) {
    return await(storage.read(origin, from, to, ALL_BYTES));
  }

  protected static List<Write> writesOf(Commit... all) {
    return List.of(all).stream()
        .flatMap(commit -> commit.writes().stream())
        .map(prepared -> prepared.write())
        .toList();
  }
}
