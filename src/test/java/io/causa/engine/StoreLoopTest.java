package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.Refusal;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.store.StoreLimits;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.Pending;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Subscribers;
import io.causa.storage.MemoryStorage;
import io.causa.storage.Storage;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Stamp, commit, apply, answer, tell: what one turn of the store does, and in which order. */
class StoreLoopTest {

  private static final Replica SELF = new Replica("node1", 1);
  private static final Replica PEER = new Replica("node2", 1);

  private final ManualHost host = new ManualHost();
  private final ManualLoop loop = host.loop(LoopName.STORE);
  private final MemoryStorage memory = new MemoryStorage(SELF, 1 << 20);
  private final Disk disk = new Disk();
  private final List<String> seen = new ArrayList<>();
  private final List<Outcome<Dot>> outcomes = new ArrayList<>();

  @Test
  void inMemoryWritesThatComeInOneTurnShareOneCommit() {
    StoreLoop store = open(memory);
    put(store, "a");
    put(store, "b");
    put(store, "c");

    loop.runNext();

    assertThat(seen).filteredOn(event -> event.startsWith("applied")).containsExactly("applied 3");
    assertThat(versions()).containsExactly(dot(1), dot(2), dot(3));
    assertThat(store.view().applied()).isEqualTo(VersionVector.of(dot(3)));
  }

  @Test
  void anIdleStoreCommitsTheFirstWriteAtOnce() {
    StoreLoop store = open(memory);
    put(store, "a");
    loop.runNext();

    assertThat(versions()).containsExactly(dot(1));
  }

  @Test
  void theAnswersLeaveBeforeAnyOtherLoopHearsOfTheCommit() {
    StoreLoop store = open(disk.storage());
    put(store, "a");
    put(store, "b");
    loop.runAll();
    assertThat(seen).as("nothing is durable").containsExactly("disk 2");

    disk.succeed();
    loop.runAll();

    assertThat(seen)
        .containsExactly(
            "disk 2", "applied 2", "answer 1", "answer 2", "feed", "delivery", "replication");
  }

  @Test
  void theOrderIsTheSameInMemory() {
    StoreLoop store = open(memory);
    put(store, "a");
    loop.runAll();

    assertThat(seen).containsExactly("applied 1", "answer 1", "feed", "delivery", "replication");
  }

  @Test
  void whatComesWhileACommitIsUnderWaySharesTheNextOne() {
    StoreLoop store = open(disk.storage());
    put(store, "a");
    loop.runAll();
    put(store, "b");
    loop.runAll();
    put(store, "c");
    loop.runAll();
    assertThat(seen).containsExactly("disk 1");
    assertThat(outcomes).isEmpty();

    disk.succeed();
    loop.runAll();
    assertThat(versions()).containsExactly(dot(1));
    assertThat(seen)
        .as("the disk gets the next commit before the other loops hear of this one")
        .containsExactly(
            "disk 1", "applied 1", "answer 1", "feed", "disk 2", "delivery", "replication");

    disk.succeed();
    loop.runAll();
    assertThat(versions()).containsExactly(dot(1), dot(2), dot(3));
  }

  @Test
  void aFailedCommitEndsTheNodeAndAnswersNothing() {
    StoreLoop store = open(disk.storage());
    put(store, "a");
    loop.runAll();
    put(store, "b");
    disk.fail();
    loop.runAll();

    assertThat(host.failures).containsExactly("commit 1 failed");
    assertNothingHappened(store);
    put(store, "c");
    loop.runAll();
    assertThat(seen).as("nothing is committed any more").containsExactly("disk 1");
  }

  @Test
  void aCommitThatFailsAtOnceEndsTheNodeToo() {
    memory.close();
    StoreLoop store = open(memory);
    put(store, "a");
    loop.runAll();

    assertThat(host.failures).containsExactly("commit 1 failed");
    assertNothingHappened(store);
    assertThat(seen).isEmpty();
  }

  private void assertNothingHappened(StoreLoop store) {
    assertThat(outcomes).isEmpty();
    assertThat(store.view().applied()).isEqualTo(VersionVector.EMPTY);
    assertThat(store.view().get("a")).isEmpty();
    assertThat(seen).doesNotContain("feed", "delivery", "replication");
  }

  @Test
  void writesOfPeersAndOfClientsShareACommit() {
    StoreLoop store = open(memory);
    put(store, "a");
    store.deliver(List.of(remote()));
    loop.runNext();

    assertThat(seen).filteredOn(event -> event.startsWith("applied")).containsExactly("applied 2");
  }

  @Test
  void whatACommitReleasesIsCommittedWithoutAnotherInput() {
    StoreLoop store = open(memory);
    write(store, "a", VersionVector.of(remote().dot()), 1000);
    loop.runAll();
    assertThat(outcomes).isEmpty();

    store.deliver(List.of(remote()));
    loop.runAll();

    assertThat(versions()).containsExactly(dot(1));
  }

  @Test
  void otherLoopsHearNothingOfATurnThatAppliedNothing() {
    StoreLoop store = open(memory);
    write(store, "a", VersionVector.of(remote().dot()), 1000);
    store.held(held -> {});
    loop.runAll();

    assertThat(seen).containsExactly("answer 1");
  }

  @Test
  void aWriteWhoseContextDoesNotComeIsGivenUpAtItsDeadline() {
    StoreLoop store = open(memory);
    VersionVector ahead = VersionVector.of(remote().dot());
    write(store, "a", ahead, 1000);
    loop.runAll();
    host.pass(999);
    assertThat(outcomes).isEmpty();

    host.pass(1);
    assertThat(outcomes)
        .containsExactly(new Outcome.Refused<>(new Refusal.NotMet(ahead), VersionVector.EMPTY));

    store.deliver(List.of(remote()));
    loop.runAll();
    assertThat(store.view().get("a")).as("surely nothing was written").isEmpty();
  }

  @Test
  void aWriteThatIsAbandonedWhileItWaitsIsForgotten() {
    StoreLoop store = open(memory);
    Pending pending = write(store, "a", VersionVector.of(remote().dot()), 1000);
    pending.abandon();
    store.deliver(List.of(remote()));
    loop.runAll();

    assertThat(outcomes).isEmpty();
    assertThat(store.view().get("a")).isEmpty();
    assertThat(store.look(1).parkedRequests()).isZero();
  }

  @Test
  void aWriteThatIsAbandonedOnItsWayToTheDiskGoesOn() {
    StoreLoop store = open(disk.storage());
    Pending pending = put(store, "a");
    loop.runAll();
    pending.abandon();
    disk.succeed();
    loop.runAll();

    assertThat(outcomes).isEmpty();
    assertThat(store.view().get("a")).isPresent();
  }

  @Test
  void whatIsAskedBeforeTheLoopOpensIsAnsweredOnceItDoes() {
    StoreLoop store = make(memory);
    put(store, "a");
    assertThat(outcomes).isEmpty();

    store.open(loop);
    loop.runAll();

    assertThat(versions()).containsExactly(dot(1));
  }

  @Test
  void aClosedStoreBeginsNoCommit() {
    StoreLoop store = open(disk.storage());
    put(store, "a");
    store.close();
    loop.runAll();

    assertThat(seen).isEmpty();
    assertThat(outcomes).isEmpty();
  }

  private StoreLoop open(Storage storage) {
    StoreLoop store = make(storage);
    store.open(loop);
    return store;
  }

  private StoreLoop make(Storage storage) {
    StoreLoop store =
        new StoreLoop(
            host, storage, new StoreLimits(10, 1 << 20, 10), TurnLimits.USUAL, new Seen());
    FeedLoop feed = new FeedLoop(host, 1 << 20, new Asked(), TurnLimits.USUAL);
    store.connect(feed, applied -> seen.add("delivery"), applied -> seen.add("replication"));
    store.mayStamp();
    return store;
  }

  @Test
  void replicationHearsWhatASnapshotBroughtBeforeThatItIsInstalled() {
    StoreLoop store = open(memory);
    VersionVector brought = VersionVector.of(new Dot(PEER, 1));

    store.install(
        new ReplicaSnapshot(new SnapshotInstant(brought, brought, 1), List.of()),
        installed -> seen.add("installed " + installed));
    host.runAll();

    assertThat(seen)
        .filteredOn(event -> event.equals("replication") || event.startsWith("installed"))
        .containsExactly("replication", "installed true");
  }

  private Pending put(StoreLoop store, String key) {
    return write(store, key, VersionVector.EMPTY, 0);
  }

  private Pending write(StoreLoop store, String key, VersionVector context, long waitMillis) {
    List<Mutation> put = List.of(new Mutation.Put(key, Value.text("1")));
    return store.write(new WriteRequest(put, context, waitMillis, false), outcomes::add);
  }

  private List<Dot> versions() {
    return outcomes.stream().map(outcome -> ((Outcome.Done<Dot>) outcome).value()).toList();
  }

  private static Dot dot(long sequence) {
    return new Dot(SELF, sequence);
  }

  private static Write remote() {
    List<Mutation> put = List.of(new Mutation.Put("remote", Value.text("1")));
    return new Write(new Dot(PEER, 1), 1, VersionVector.EMPTY, put, 0);
  }

  /** What the store does, in its order. */
  private final class Seen implements Observer {
    @Override
    public void applied(Commit commit) {
      seen.add("applied " + commit.writes().size());
    }

    @Override
    public void answered(Answer answer) {
      seen.add("answer " + answer.ticket());
    }
  }

  /** Subscribers that are never there: the feed asks for them when it hears of a commit. */
  private final class Asked implements Subscribers {
    @Override
    public boolean present() {
      seen.add("feed");
      return false;
    }

    @Override
    public void publish(StagedWrite applied, Runnable sent) {
      throw new IllegalStateException("nobody listens");
    }
  }

  /** A disk whose commits end when the test says so. */
  private final class Disk {
    private final Queue<CompletableFuture<Void>> commits = new ArrayDeque<>();

    /** Returns the storage in memory, with commits of this disk. */
    Storage storage() {
      return (Storage)
          Proxy.newProxyInstance(
              Storage.class.getClassLoader(),
              new Class<?>[] {Storage.class},
              (proxy, method, arguments) ->
                  method.getName().equals("commit")
                      ? commit((Commit) arguments[0])
                      : method.invoke(memory, arguments));
    }

    private CompletionStage<Void> commit(Commit commit) {
      seen.add("disk " + commit.writes().size());
      CompletableFuture<Void> durable = new CompletableFuture<>();
      commits.add(durable);
      return durable;
    }

    void succeed() {
      commits.remove().complete(null);
    }

    void fail() {
      commits.remove().completeExceptionally(new IllegalStateException("no space left"));
    }
  }
}
