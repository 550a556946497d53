package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.snapshot.SnapshotTransfers.Limits;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import io.causa.core.snapshot.SnapshotTransfers.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The server of the snapshots has the keys k0 to k9; each slice holds one of them. */
class SnapshotTransfersTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);
  private static final int ONE_KEY = 1;

  private final ModelReplica server = new ModelReplica(SELF);
  private final SnapshotTransfers transfers =
      new SnapshotTransfers(server.states::cut, new Limits(1, 2000, 1000));

  SnapshotTransfersTest() {
    for (int i = 0; i < 10; i++) {
      put("k" + i);
    }
  }

  @Property(tries = 200)
  void allSlicesAreOfTheInstantOfTheFirstOneWhateverChangesMeanwhile(@ForAll Random random) {
    var roomy = new SnapshotTransfers(server.states::cut, new Limits(1, 1 << 20, 1000));
    SnapshotInstant instant = server.snapshot().instant();
    List<SnapshotEntry> expected = server.snapshot().entries();
    Reply.Slice slice = (Reply.Slice) roomy.slice(A, 1, 1, ONE_KEY, 0, 0);
    List<SnapshotEntry> got = new ArrayList<>(slice.entries());
    for (int number = 2; !slice.last(); number++) {
      for (int i = random.nextInt(5); i > 0; i--) {
        change("k" + random.nextInt(20), random.nextBoolean());
      }
      if (random.nextInt(10) == 0) {
        server.install(new ModelReplica(B));
      }
      slice = (Reply.Slice) roomy.slice(A, 1, number, 1 + random.nextInt(200), 0, 0);
      got.addAll(slice.entries());
      assertThat(slice.instant().vector()).isEqualTo(instant.vector());
    }

    assertThat(got).isEqualTo(expected);
  }

  @Example
  void theLastSliceMayBeAskedForAgainAndNoEarlierOne() {
    ask(A, 1, 1);
    Reply second = ask(A, 1, 2);

    assertThat(ask(A, 1, 2)).isSameAs(second);
    assertThat(ask(A, 1, 1)).isInstanceOf(Reply.Unknown.class);
    assertThat(ask(A, 1, 4)).isInstanceOf(Reply.Unknown.class);
    assertThat(keys(ask(A, 1, 3))).containsExactly("k2");
  }

  @Example
  void aTransferBeginsWithItsFirstSlice() {
    assertThat(ask(A, 1, 2)).isInstanceOf(Reply.Unknown.class);
  }

  @Example
  void aLaterTransferOfTheSameAskerTakesTheRoomOfTheEarlierOne() {
    ask(A, 1, 1);

    assertThat(keys(ask(A, 2, 1))).containsExactly("k0");
    assertThat(ask(A, 1, 2)).isInstanceOf(Reply.Unknown.class);
    assertThat(ask(A, 1, 1)).as("a request that was overtaken").isInstanceOf(Reply.Unknown.class);
    assertThat(keys(ask(A, 2, 2))).containsExactly("k1");
  }

  @Example
  void noMoreAreServedAtATimeThanMay() {
    ask(A, 1, 1);
    assertThat(ask(B, 1, 1)).isInstanceOf(Reply.Busy.class);
    assertThat(transfers.serving()).containsExactly(new Serving(A, 1));

    transfers.slice(A, 1, 2, Integer.MAX_VALUE, 0, 0);

    assertThat(transfers.serving()).isEmpty();
    assertThat(keys(ask(B, 1, 1))).containsExactly("k0");
  }

  @Example
  void whoeverAsksForNothingAnyMoreIsForgotten() {
    ask(A, 1, 1);
    transfers.slice(A, 1, 2, ONE_KEY, 0, 900);
    transfers.expire(1899);
    assertThat(transfers.serving()).hasSize(1);

    transfers.expire(1900);

    assertThat(transfers.serving()).isEmpty();
    assertThat(ask(A, 1, 3)).isInstanceOf(Reply.Unknown.class);
  }

  @Example
  void aTransferThatKeepsMoreOldStatesThanItMayIsGivenUp() {
    ask(A, 1, 1);
    for (int i = 100; i < 200; i++) {
      put("k" + i);
    }

    assertThat(ask(A, 1, 2)).isInstanceOf(Reply.Overrun.class);
    assertThat(keys(ask(A, 2, 1))).containsExactly("k0");
  }

  @Example
  void whatWasPassedMayChangeAsOftenAsItLikes() {
    ask(A, 1, 1);
    for (int i = 0; i < 100; i++) {
      put("k0");
    }

    assertThat(keys(ask(A, 1, 2))).containsExactly("k1");
  }

  @Example
  void keysThatCameLaterDoNotMakeASliceLong() {
    var roomy = new SnapshotTransfers(server.states::cut, new Limits(1, 1 << 20, 1000));
    roomy.slice(A, 1, 1, ONE_KEY, 0, 0);
    for (int i = 100; i < 200; i++) {
      put("k0" + i);
    }

    Reply.Slice slice = (Reply.Slice) roomy.slice(A, 1, 2, 1000, 0, 0);

    assertThat(slice.entries()).isEmpty();
    assertThat(slice.last()).isFalse();
  }

  private Reply ask(Replica asker, long id, long number) {
    return transfers.slice(asker, id, number, ONE_KEY, 0, 0);
  }

  private static List<String> keys(Reply reply) {
    return ((Reply.Slice) reply).entries().stream().map(SnapshotEntry::key).toList();
  }

  private void put(String key) {
    change(key, false);
  }

  private void change(String key, boolean delete) {
    Mutation put = new Mutation.Put(key, Value.text("v"));
    server.propose(List.of(delete ? new Mutation.Delete(key) : put));
    server.settle();
  }
}
