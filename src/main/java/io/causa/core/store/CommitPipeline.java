package io.causa.core.store;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import io.causa.core.Proposal;
import io.causa.core.RemovedTombstones;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.membership.Endings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * Stamp, commit, apply, in that order, for local and remote writes alike.
 *
 * <p>One commit is under way at a time; everything that arrives meanwhile rides in the next (group
 * commit, without a timer). Nothing becomes readable before {@link #complete()}, which the shell
 * calls once the commit is durable.
 *
 * <p>Owner: the store's loop. Bounds: {@code maxWrites} and {@code maxBytes} of proposals that are
 * not committed yet; remote writes are bounded by the causal buffer, which hands over no more than
 * its own limit, held writes by {@link HeldWrites}, and the data by {@link DataLimit}, see {@link
 * DataAdmission}.
 */
public final class CommitPipeline {

  /** What waits for the next commit. */
  private sealed interface Queued {}

  /**
   * @param reservedBytes its share of the budget; 0 if it is bounded elsewhere, as it was accepted
   *     before
   */
  private record Local(Proposal proposal, long reservedBytes) implements Queued {}

  private record Remote(Write write) implements Queued {}

  private final KeyStates states;
  private final Stamp stamp;
  private final BaseRaising bases;
  private final Budget budget;
  private final DataAdmission admission;
  private final Queue<Queued> queue = new ArrayDeque<>();
  private List<Proposal> refused = new ArrayList<>();
  private long refusedWrites;
  private int committingProposals;
  private long committingBytes;
  private VersionVector stable = VersionVector.EMPTY;
  private VersionVector lastEvent;
  private long commits;
  private long lateWrites;
  private Commit underWay;
  private SnapshotInstall installing;
  private VersionVector installed = VersionVector.EMPTY;

  /** A pipeline that may stamp, and whose data has no limit. */
  public CommitPipeline(
      Replica self, KeyStates states, long lamport, int maxWrites, long maxBytes) {
    this(self, states, lamport, maxWrites, maxBytes, DataLimit.NONE, true);
  }

  /**
   * @param self who stamps local writes
   * @param states what is applied, recovered or empty
   * @param lamport the highest Lamport time seen so far
   * @param maxWrites how many proposals may wait until they are committed
   * @param maxBytes how many bytes on the heap they may have together
   * @param data how large the data may become
   * @param mayStamp whether own dots may be given before {@link #mayStamp()}
   */
  public CommitPipeline(
      Replica self,
      KeyStates states,
      long lamport,
      int maxWrites,
      long maxBytes,
      DataLimit data,
      boolean mayStamp) {
    this.states = states;
    this.stamp = new Stamp(self, states.applied(), lamport, mayStamp);
    this.bases = new BaseRaising(self);
    this.lastEvent = states.applied();
    this.budget = new Budget(Store.PENDING_WRITES, maxWrites, Store.PENDING_BYTES, maxBytes);
    this.admission = new DataAdmission(data);
  }

  /**
   * Own dots may be given from now on. Before, a remote write that would have to be adopted waits,
   * with all remote ones behind it, as their order must stay; so do local writes, and a snapshot.
   */
  public void mayStamp() {
    stamp.allow();
  }

  /** Queues a local write; returns the name of the limit if as much as may wait does so already. */
  public Optional<String> propose(Proposal proposal) {
    long bytes = proposal.heapBytes();
    Optional<String> full = budget.reserve(bytes);
    if (full.isEmpty()) {
      queue.add(new Local(proposal, bytes));
    }
    return full;
  }

  /** Queues a local write that was accepted before, and is bounded elsewhere. */
  void enqueue(Proposal accepted) {
    queue.add(new Local(accepted, 0));
  }

  /**
   * Whether no local write can be stamped any more, here and on every other replica that has all.
   */
  public boolean isExhausted() {
    return stamp.isExhausted(queue.size() + admission.waitingWrites());
  }

  /** Queues remote writes, which the causal buffer has put in order. */
  public void deliver(List<Write> writes) {
    for (Write write : writes) {
      if (!isInstalled(write)) {
        queue.add(new Remote(write));
      }
    }
  }

  /**
   * Every write that is applied here from now on has seen so much: tombstones among it go with the
   * next commits.
   */
  public void stable(VersionVector now) {
    stable = now;
  }

  /** These generations have ended: bases that say so may be wanted from now on. */
  public void ended(Endings now) {
    bases.ended(now);
  }

  /** See {@link Store#raise}. */
  public void raise(VersionVector wanted) {
    bases.want(wanted);
  }

  /**
   * The next commit, now under way; empty if one is already, or there is nothing to commit.
   *
   * @throws IllegalStateException if a remote write is not deliverable here; the pipeline is broken
   *     then, and the node must stop
   */
  public Optional<Commit> begin() {
    if (underWay != null || installing != null) {
      return Optional.empty();
    }
    Optional<Commit> next = hasWork() ? prepareAll() : Optional.empty();
    underWay = next.orElse(null);
    return next;
  }

  /**
   * Returns whether there may be something for the next commit; false if there is surely nothing.
   */
  boolean hasWork() {
    return !queue.isEmpty()
        || admission.waitingWrites() > 0
        || states.tombstones() > 0
        || !bases.due(stamp.position()).isEmpty();
  }

  /**
   * A snapshot is to be installed, in the place of a commit: until it is complete none begins.
   *
   * @return empty if a commit or another snapshot is under way, or nothing may be stamped yet
   * @throws IllegalStateException if the snapshot has more writes of this replica than it stamped
   */
  public Optional<SnapshotInstall> beginInstall(ReplicaSnapshot snapshot) {
    if (underWay != null || installing != null || !stamp.isAllowed()) {
      return Optional.empty();
    }
    stamp.requireOwn(snapshot.instant().vector());
    installing = new SnapshotInstall(states, stamp, snapshot, stable);
    return Optional.of(installing);
  }

  /**
   * The snapshot is durable: makes it readable.
   *
   * @return a commit whose vectors say how far it went at once; its writes are the adopted ones
   * @throws IllegalStateException if no snapshot is under way
   */
  public Commit completeInstall(SnapshotInstall.Prepared durable) {
    if (installing == null) {
      throw new IllegalStateException("no snapshot is under way to " + durable.after());
    }
    installing = null;
    states.install(durable);
    installed = durable.joined();
    lastEvent = durable.after();
    queue.removeIf(queued -> queued instanceof Remote remote && isInstalled(remote.write()));
    admission.removeIf(this::isInstalled);
    lateWrites += durable.adopted().size();
    return new Commit(
        ++commits,
        durable.adopted(),
        durable.before(),
        durable.after(),
        durable.lamport(),
        new RemovedTombstones(List.of(), durable.floor()),
        durable.stable());
  }

  /**
   * Whether the joined snapshot leaves the data as large as it may be; one that makes it no larger
   * than it is always does.
   */
  public boolean fits(SnapshotInstall joined) {
    return joined.dataBytes() <= Math.max(states.dataBytes(), admission.limit().withReserveBytes());
  }

  /**
   * The snapshot under way is dropped, before it is prepared: nothing has changed.
   *
   * @throws IllegalStateException if none is under way
   */
  public void cancelInstall() {
    if (installing == null) {
      throw new IllegalStateException("no snapshot is under way");
    }
    installing = null;
  }

  /** A snapshot may bring what the causal buffer has handed over already. */
  private boolean isInstalled(Write write) {
    return installed.covers(write.dot());
  }

  /**
   * The commit under way is durable: makes it readable, and says what may be acknowledged,
   * replicated and fed.
   *
   * @throws IllegalStateException if no commit is under way
   */
  public Commit complete() {
    if (underWay == null) {
      throw new IllegalStateException("no commit is under way after commit " + commits);
    }
    Commit durable = underWay;
    underWay = null;
    budget.giveBack(committingProposals, committingBytes);
    committingProposals = 0;
    committingBytes = 0;
    states.apply(durable);
    return durable;
  }

  /** Returns how many proposals wait for a commit to begin or to become durable. */
  public int proposedWrites() {
    return budget.count();
  }

  public VersionVector applied() {
    return states.applied();
  }

  /** How many writes came late since the start: see {@link CommitBuilder}. */
  public long lateWrites() {
    return lateWrites;
  }

  /** The highest Lamport time seen, the commit under way included. */
  public long lamport() {
    return stamp.lamport();
  }

  /** Takes the local writes that {@link #begin} has refused because the data would not fit. */
  public List<Proposal> takeRefused() {
    if (refused.isEmpty()) {
      return List.of();
    }
    List<Proposal> taken = refused;
    refused = new ArrayList<>();
    return taken;
  }

  /** How full the store is. */
  public DataFill fill() {
    return new DataFill(
        states.dataBytes(), admission.limit(), admission.waitingWrites(), refusedWrites);
  }

  /** The next commit; empty if nothing that waits fits, no tombstone may go, no base is due. */
  private Optional<Commit> prepareAll() {
    VersionVector before = stamp.position();
    CommitBuilder contents = new CommitBuilder(states, stamp, lastEvent);
    takeWaiting(contents);
    addQueued(contents);
    takeWaiting(contents);
    contents.collect(stable);
    VersionVector raised = bases.due(stamp.position());
    if (contents.isEmpty() && raised.isEmpty()) {
      return Optional.empty();
    }
    stamp.raise(raised);
    lastEvent = contents.position();
    lateWrites += contents.lateWrites();
    return Optional.of(
        new Commit(
            ++commits,
            contents.writes(),
            before,
            stamp.position(),
            stamp.lamport(),
            contents.removed(),
            stable));
  }

  /** What would need a stamp stays in the queue until one may be given. */
  private void addQueued(CommitBuilder contents) {
    List<Queued> staying = new ArrayList<>();
    boolean remoteStays = false;
    for (Queued queued : queue) {
      if (queued instanceof Remote remote) {
        remoteStays = remoteStays || !contents.mayTake(remote.write());
      }
      if (queued instanceof Remote ? remoteStays : !stamp.isAllowed()) {
        staying.add(queued);
      } else {
        add(queued, contents);
      }
    }
    queue.clear();
    queue.addAll(staying);
  }

  private void takeWaiting(CommitBuilder contents) {
    for (Write write : admission.take(contents)) {
      follow(write, contents);
    }
  }

  private void add(Queued queued, CommitBuilder contents) {
    if (queued instanceof Local local) {
      stampOrRefuse(local, contents);
    } else {
      Write write = ((Remote) queued).write();
      if (admission.admits(write, contents)) {
        follow(write, contents);
      } else {
        admission.letWait(write);
      }
    }
  }

  private void follow(Write write, CommitBuilder contents) {
    stamp.follow(write);
    contents.add(write, OptionalLong.empty());
  }

  private void stampOrRefuse(Local local, CommitBuilder contents) {
    Proposal proposal = local.proposal();
    int reserved = local.reservedBytes() > 0 ? 1 : 0;
    if (admission.admits(proposal, reserved == 0, contents)) {
      contents.add(stamp.stamp(proposal), OptionalLong.of(proposal.ticket()));
      committingProposals += reserved;
      committingBytes += local.reservedBytes();
    } else {
      refusedWrites++;
      refused.add(proposal);
      budget.giveBack(reserved, local.reservedBytes());
    }
  }
}
