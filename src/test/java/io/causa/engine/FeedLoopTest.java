package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.RemovedTombstones;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Subscribers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What subscribers hear of the writes that are applied here. */
class FeedLoopTest {

  private static final Replica SELF = new Replica("node1", 1);

  private final ManualHost host = new ManualHost();
  private final ManualLoop loop = host.loop(LoopName.FEED);
  private final Listeners listeners = new Listeners();
  private final FeedLoop feed =
      new FeedLoop(host, 3 * FeedBudget.bytesOf(write(2)), listeners, TurnLimits.USUAL);

  @BeforeEach
  void open() {
    feed.open(loop);
  }

  @Test
  void whileNobodyListensNothingIsHandedOver() {
    listeners.present = false;
    feed.applied(commit(1, 2));
    assertThat(loop.waiting()).isZero();

    listeners.present = true;
    feed.applied(commit(3, 3));
    loop.runAll();

    assertThat(listeners.published).containsExactly(3L);
  }

  @Test
  void whatNobodyListensToTakesNothingOfTheBudget() {
    listeners.present = false;
    feed.applied(commit(1, 9));
    listeners.present = true;
    feed.applied(commit(1, 3));
    loop.runAll();

    assertThat(listeners.published).containsExactly(1L, 2L, 3L);
    assertThat(feed.dropped()).isZero();
  }

  @Test
  void writesArePublishedInTheOrderInWhichTheyWereApplied() {
    feed.applied(commit(1, 2));
    feed.applied(commit(3, 3));
    assertThat(listeners.published).as("the feed has a loop of its own").isEmpty();
    loop.runAll();

    assertThat(listeners.published).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatIsBeyondTheBudgetIsLeftOutAndCounted() {
    feed.applied(commit(1, 5));
    loop.runAll();

    assertThat(listeners.published).containsExactly(1L, 2L, 3L);
    assertThat(feed.dropped()).isEqualTo(2);
  }

  @Test
  void whatWaitsForTheFeedCountsBeforeItIsPublished() {
    feed.applied(commit(1, 3));
    feed.applied(commit(4, 4));
    loop.runAll();

    assertThat(listeners.published).containsExactly(1L, 2L, 3L);
    assertThat(feed.dropped()).isEqualTo(1);
  }

  @Test
  void whatWasSentMakesRoom() {
    feed.applied(commit(1, 3));
    loop.runAll();
    listeners.sent.remove().run();
    feed.applied(commit(4, 5));
    loop.runAll();

    assertThat(listeners.published).containsExactly(1L, 2L, 3L, 4L);
    assertThat(feed.dropped()).isEqualTo(1);
  }

  private static Commit commit(long from, long to) {
    List<StagedWrite> writes = new ArrayList<>();
    for (long sequence = from; sequence <= to; sequence++) {
      writes.add(write(sequence));
    }
    VersionVector before = writes.get(0).before();
    VersionVector after = writes.get(writes.size() - 1).after();
    return new Commit(from, writes, before, after, to, RemovedTombstones.NOTHING, before);
  }

  private static StagedWrite write(long sequence) {
    Mutation put = new Mutation.Put("k", Value.text("v"));
    Dot dot = new Dot(SELF, sequence);
    VersionVector before =
        sequence == 1 ? VersionVector.EMPTY : VersionVector.of(new Dot(SELF, sequence - 1));
    Write write = new Write(dot, sequence, before, List.of(put), 0);
    return new StagedWrite(write, List.of(), before, VersionVector.of(dot), OptionalLong.empty());
  }

  private static final class Listeners implements Subscribers {
    private final List<Long> published = new ArrayList<>();
    private final Queue<Runnable> sent = new ArrayDeque<>();
    private boolean present = true;

    @Override
    public boolean present() {
      return present;
    }

    @Override
    public void publish(StagedWrite applied, Runnable whenSent) {
      published.add(applied.write().dot().sequence());
      sent.add(whenSent);
    }
  }
}
