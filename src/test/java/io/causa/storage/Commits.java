package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import io.causa.core.store.SnapshotInstall;
import io.causa.membership.Endings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the commits of one replica, as its store would. */
public final class Commits {

  static final long WALL_TIME_MILLIS = 1_700_000_000_000L;

  private final KeyStates states;
  private final CommitPipeline pipeline;

  /**
   * @param recovered what the replica starts with
   */
  public Commits(Recovered recovered) {
    states = new KeyStates(recovered.applied(), recovered.states(), recovered.floor(), () -> {});
    pipeline =
        new CommitPipeline(recovered.self(), states, recovered.lamport(), 1_000_000, 1L << 30);
  }

  /** Those of a replica that starts without data. */
  static Commits ofNothing(Replica self) {
    return new Commits(Recovered.nothing(self));
  }

  /** A commit with one local write to each of these keys. */
  public Commit local(String... keys) {
    for (String key : keys) {
      propose(put(key, Value.text("value of " + key)));
    }
    return complete();
  }

  /** A commit with one local delete. */
  public Commit delete(String key) {
    propose(new Mutation.Delete(key));
    return complete();
  }

  /** So much is stable from the next commit on. */
  public void stable(VersionVector stable) {
    pipeline.stable(stable);
  }

  /** A commit that removes the tombstones up to there. */
  public Commit collect(VersionVector stable) {
    pipeline.stable(stable);
    return complete();
  }

  /** A commit with one local write of about so many bytes, which no compression makes small. */
  public Commit large(String key, int valueBytes) {
    byte[] bytes = new byte[valueBytes];
    new Random(lamport()).nextBytes(bytes);
    propose(put(key, new Value(Bytes.wrap(bytes), "")));
    return complete();
  }

  /** A commit with one write of another replica, which saw everything that is here. */
  public Commit remote(Replica origin, String key) {
    Dot dot = new Dot(origin, pipeline.applied().get(origin) + 1);
    Mutation put = put(key, Value.text("from " + origin));
    long lamport = pipeline.lamport() + 1;
    return remote(new Write(dot, lamport, pipeline.applied(), List.of(put), WALL_TIME_MILLIS));
  }

  public Commit remote(Write write) {
    pipeline.deliver(List.of(write));
    return complete();
  }

  /** A commit with which the own vector takes the base of what has ended. */
  public Commit raise(Endings ended) {
    pipeline.ended(ended);
    pipeline.raise(ended.bases());
    return complete();
  }

  /** Puts and deletes, alone and together, of text, bytes and nothing. */
  public Commit everyKind() {
    propose(put("text", Value.text("héllo 😀")));
    propose(put("bytes", new Value(Bytes.wrap(new byte[] {0, -1, 127}), "application/x-any")));
    propose(put("", new Value(Bytes.wrap(new byte[0]), "")));
    propose(new Mutation.Delete("text"));
    propose(put("a/ключ", Value.text("")), new Mutation.Delete("gone"), put("z", Value.text("z")));
    return complete();
  }

  /** The install of this snapshot. */
  public SnapshotInstall.Prepared install(ReplicaSnapshot snapshot) {
    SnapshotInstall.Prepared prepared =
        pipeline.beginInstall(snapshot).orElseThrow().join().prepare();
    pipeline.completeInstall(prepared);
    return prepared;
  }

  /** A snapshot with these keys, each put by the last write of the replica. */
  public static ReplicaSnapshot snapshot(Dot last, String... keys) {
    return snapshot(last, VersionVector.EMPTY, keys);
  }

  /** The same of a replica that has removed tombstones up to this floor. */
  public static ReplicaSnapshot snapshot(Dot last, VersionVector floor, String... keys) {
    long lamport = 10 + last.sequence();
    List<SnapshotEntry> entries = new ArrayList<>();
    for (String key : keys) {
      var version = new KeyVersion(last, lamport, put(key, Value.text("new")), WALL_TIME_MILLIS);
      entries.add(new SnapshotEntry(key, KeyState.of(version, List.of())));
    }
    VersionVector vector = VersionVector.of(last);
    return new ReplicaSnapshot(new SnapshotInstant(vector, floor, lamport), entries);
  }

  /** What the store holds after the commits so far. */
  public KeyStates states() {
    return states;
  }

  public long lamport() {
    return pipeline.lamport();
  }

  private void propose(Mutation... mutations) {
    pipeline.propose(new Proposal(0, List.of(mutations), WALL_TIME_MILLIS));
  }

  private Commit complete() {
    pipeline.begin();
    return pipeline.complete();
  }

  private static Mutation put(String key, Value value) {
    return new Mutation.Put(key, value);
  }
}
