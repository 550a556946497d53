package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.core.Commit;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentWritesTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica OTHER = new Replica("other", 1);
  private static final int ALL = Integer.MAX_VALUE;

  private final Commits commits = Commits.ofNothing(SELF);

  @Test
  void ownWritesAreAtHandOnceTheyAreDurable() {
    RecentWrites recent = new RecentWrites(SELF, 1 << 20);
    assertThat(recent.read(SELF, 1, 9, ALL)).isEmpty();

    List<Write> writes = add(recent, commits.local("a", "b", "c"));

    assertThat(recent.read(SELF, 1, 9, ALL)).isEqualTo(writes);
    assertThat(recent.read(SELF, 2, 2, ALL)).isEqualTo(writes.subList(1, 2));
    assertThat(recent.read(SELF, 1, 9, 1)).isEqualTo(writes.subList(0, 1));
    assertThat(recent.read(SELF, 4, 9, ALL)).isEmpty();
    assertThat(recent.read(OTHER, 1, 9, ALL)).isEmpty();
  }

  @Test
  void writesOfOthersAreNotKept() {
    RecentWrites recent = new RecentWrites(SELF, 1 << 20);

    add(recent, commits.remote(OTHER, "a"));

    assertThat(recent.read(OTHER, 1, 9, ALL)).isEmpty();
  }

  @Test
  void theOldestGoWhenTheBytesAreUsedUp() {
    Commit commit = commits.local("a", "b", "c");
    long two = 2 * commit.writes().get(2).write().heapBytes();
    RecentWrites recent = new RecentWrites(SELF, two);

    List<Write> writes = add(recent, commit);

    assertThat(recent.read(SELF, 1, 9, ALL)).isEmpty();
    assertThat(recent.read(SELF, 2, 9, ALL)).isEqualTo(writes.subList(1, 3));
  }

  @Test
  void aWriteThatAloneIsTooLargeIsNotKept() {
    RecentWrites recent = new RecentWrites(SELF, 2000);
    add(recent, commits.local("a"));
    add(recent, commits.large("b", 4000));
    List<Write> later = add(recent, commits.local("c"));

    assertThat(recent.read(SELF, 1, 9, ALL)).isEmpty();
    assertThat(recent.read(SELF, 3, 9, ALL)).isEqualTo(later);
  }

  @Test
  void behindAGapItBeginsAgain() {
    RecentWrites recent = new RecentWrites(SELF, 1 << 20);
    add(recent, commits.local("a"));
    commits.local("b");

    List<Write> later = add(recent, commits.local("c"));

    assertThat(recent.read(SELF, 1, 9, ALL)).isEmpty();
    assertThat(recent.read(SELF, 3, 9, ALL)).isEqualTo(later);
  }

  @Test
  void onceClosedTheLogHasToBeAsked() {
    RecentWrites recent = new RecentWrites(SELF, 1 << 20);
    add(recent, commits.local("a"));

    recent.close();

    assertThat(recent.read(SELF, 1, 9, ALL)).isEmpty();
  }

  private static List<Write> add(RecentWrites recent, Commit commit) {
    recent.add(commit.writes());
    return new ArrayList<>(commit.writes().stream().map(StagedWrite::write).toList());
  }
}
