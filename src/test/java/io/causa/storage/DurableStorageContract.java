package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Standing;
import io.causa.identity.State;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What a {@link Storage} promises in addition that outlives the process. */
public abstract class DurableStorageContract extends StorageContract {

  /** Opens what was closed last. */
  protected abstract Storage openAgain(LogLimits limits, LongSupplier clockMillis);

  final void reopen() {
    reopen(LogLimits.ofBytes(1 << 20));
  }

  private void reopen(LogLimits limits) {
    close();
    storage = openAgain(limits, () -> nowMillis);
  }

  @Test
  void theRosterThatWasKeptLastIsFoundWhenTheDirectoryIsOpenedAgain() {
    assertThat(storage.roster()).isEqualTo(Roster.EMPTY);
    Roster both = Roster.EMPTY.declare(SELF).declare(OTHER);

    await(storage.keep(both));
    Endings last = Endings.of(new Dot(OTHER, 6));
    Roster left = both.forget(OTHER).retire(last).end(last);
    await(storage.keep(left));
    assertThat(storage.roster()).isEqualTo(left);
    reopen();

    assertThat(storage.roster()).isEqualTo(left);
  }

  @Test
  void anEndedGenerationAndItsLogAreFoundWhenTheDirectoryIsOpenedAgain() {
    List<Write> former = writesOf(commit(commits.remote(OTHER, "b")));
    long bound = OTHER.generation() + 1;
    Endings ended = Endings.of(List.of(new Dot(OTHER, 1)), Map.of(OTHER.name(), bound), Map.of());
    Roster roster = Roster.EMPTY.declare(SELF).end(ended);
    await(storage.keep(roster));
    told(ended);
    commit(commits.raise(ended));
    reopen();

    assertThat(storage.roster()).isEqualTo(roster);
    assertThat(storage.roster().ended()).isEqualTo(ended);
    assertThat(storage.recovered().applied()).isEqualTo(ended.bases());
    assertThat(read(OTHER, 1, 9)).isEqualTo(former);
  }

  @Test
  void whatWasCommittedIsFoundWhenTheDirectoryIsOpenedAgain() {
    commit(commits.everyKind());
    List<Write> remote = writesOf(commit(commits.remote(OTHER, "b")));
    conflict("b");
    long logBytes = storage.logBytes();

    reopen();

    Recovered recovered = storage.recovered();
    assertThat(recovered.self()).isEqualTo(SELF);
    assertThat(recovered.applied()).isEqualTo(commits.states().applied());
    assertThat(recovered.lamport()).isEqualTo(commits.lamport());
    assertThat(recovered.states()).hasSize(commits.states().size());
    recovered.states().forEach((k, s) -> assertThat(commits.states().get(k)).hasValue(s));
    assertThat(recovered.states().get("b").losers()).isNotEmpty();
    assertThat(storage.logBytes()).isEqualTo(logBytes);
    assertThat(read(OTHER, 1, 1)).isEqualTo(remote);
  }

  @Test
  void commitsGoOnWhereTheyEnded() {
    commit(commits.local("a"));
    reopen();
    commits = new Commits(storage.recovered());
    commit(commits.local("b"));
    reopen();

    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(SELF, 2)));
    assertThat(read(SELF, 1, 2)).hasSize(2);
  }

  @Test
  void removedTombstonesStayRemovedAndWhatTheyBelongedToIsRemembered() {
    commit(commits.delete("gone"));
    commit(commits.local("kept"));
    commit(commits.collect(commits.states().applied()));

    reopen();

    assertThat(storage.recovered().states()).containsOnlyKeys("kept");
    assertThat(storage.recovered().floor()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(SELF, 2)));
    commits = new Commits(storage.recovered());
    commit(commits.local("gone"));
    reopen();
    assertThat(storage.recovered().states()).containsOnlyKeys("kept", "gone");
    assertThat(storage.recovered().floor()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
  }

  @Test
  void theAgeOfTheLogIsRememberedWhenTheDirectoryIsOpenedAgain() {
    LogLimits limits = new LogLimits(1 << 20, 6400);
    reopenEmpty(limits);
    commit(commits.local("a"));
    nowMillis += 6400;
    reopen(limits);
    commits = new Commits(storage.recovered());

    commit(commits.local("b"));
    assertThat(storage.trimmed()).as("applied by the mark of now").isEqualTo(VersionVector.EMPTY);
    nowMillis += 6400;
    commit(commits.local("c"));

    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
    assertThat(read(SELF, 2, 9)).hasSize(2);
  }

  @Test
  void whatWasTrimmedStaysTrimmed() {
    reopenEmpty(500);
    for (int i = 0; i < 100; i++) {
      commit(commits.local("key" + i));
    }
    VersionVector trimmed = storage.trimmed();

    reopen();

    assertThat(storage.trimmed()).isEqualTo(trimmed);
    long gone = trimmed.get(SELF);
    assertThat(read(SELF, gone, 100)).isEmpty();
    assertThat(read(SELF, gone + 1, 100)).hasSize((int) (100 - gone)).isNotEmpty();
  }

  @Test
  void aSnapshotIsFoundWhenTheDirectoryIsOpenedAgain() {
    commit(commits.remote(OTHER, "deleted since"));
    commit(commits.local("mine"));
    VersionVector floor = VersionVector.of(new Dot(OTHER, 1));
    SnapshotInstall.Prepared installed =
        install(Commits.snapshot(new Dot(OTHER, 40), floor, "a", "b"));

    reopen();

    Recovered recovered = storage.recovered();
    assertThat(recovered.applied())
        .isEqualTo(VersionVector.of(new Dot(SELF, 1), new Dot(OTHER, 40)));
    assertThat(recovered.lamport()).isEqualTo(installed.lamport()).isEqualTo(50);
    assertThat(recovered.floor()).isEqualTo(floor);
    assertThat(recovered.states()).isEqualTo(installed.states()).containsOnlyKeys("mine", "a", "b");
    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(OTHER, 40)));
    assertThat(read(SELF, 1, 1)).hasSize(1);
    commits = new Commits(recovered);
    commit(commits.remote(OTHER, "next"));
    assertThat(read(OTHER, 41, 41)).hasSize(1);
  }

  @Test
  void theStatesAreLetGoOnceTheStoreHasItsOwn() {
    commit(commits.local("a"));
    reopen();
    assertThat(storage.recovered().states()).containsOnlyKeys("a");

    commits = new Commits(storage.recovered());
    commit(commits.local("b"));

    assertThat(storage.recovered().states()).isEmpty();
    assertThat(storage.recovered().self()).isEqualTo(SELF);
  }

  /** A third replica writes the key without having seen any of its versions. */
  private void conflict(String key) {
    Replica third = new Replica("third", 3);
    Mutation put = new Mutation.Put(key, Value.text("concurrent"));
    commit(commits.remote(new Write(new Dot(third, 1), 1, VersionVector.EMPTY, List.of(put), 0)));
  }

  @Test
  void theStandingIsFoundWhenTheDirectoryIsOpenedAgain() {
    commit(commits.local("a", "b"));

    await(storage.stand(Standing.renounced(9)));
    await(storage.stand(Standing.doubted(1)));
    reopen();

    assertThat(storage.incarnation().standing()).isEqualTo(Standing.doubted(1));
  }

  @Test
  void eachSessionIsLaterThanAllBeforeAndOnlyTheFirstIsNew() {
    assertThat(storage.incarnation().standing().state()).isEqualTo(State.NEW);
    for (int i = 0; i < 3; i++) {
      long before = storage.incarnation().session();
      nowMillis -= 1;
      reopen();

      assertThat(storage.incarnation().session()).isGreaterThan(before);
      assertThat(storage.incarnation().standing().state()).isEqualTo(State.UNCONFIRMED);
    }
  }
}
