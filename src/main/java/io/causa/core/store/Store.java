package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.core.DataFill;
import io.causa.core.KeyChange;
import io.causa.core.Proposal;
import io.causa.core.Refusal;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.membership.Retirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that the store decides: which request goes on and which one waits, what is committed next,
 * what is answered once it is durable.
 *
 * <p>Owner: the store's loop. The shell gives each request a ticket, makes the commits durable in
 * their order, and passes the time in.
 */
public final class Store {

  public static final String PENDING_WRITES = "store.pendingWrites";
  public static final String PENDING_BYTES = "store.pendingBytes";
  public static final String PARKED_REQUESTS = "store.parkedRequests";
  public static final String PARKED_BYTES = "store.parkedBytes";

  /**
   * A commit that is readable now, and the answers that it allows.
   *
   * @param commit what may be acknowledged, replicated and fed
   * @param answers in the order in which they were reached
   */
  public record Applied(Commit commit, List<Answer> answers) {}

  private final KeyStates states;
  private final CommitPipeline pipeline;
  private final WaitingRequests parked;
  private final HeldWrites held;
  private final SnapshotTransfers transfers;
  private Retirement retirement = Retirement.NONE;
  private long conflictsSeen;

  /** A store that may stamp. */
  public Store(Replica self, KeyStates states, long lamport, StoreLimits limits) {
    this(self, states, lamport, limits, true);
  }

  /**
   * @param self who stamps
   * @param states what is applied, recovered or empty
   * @param lamport the highest Lamport time seen so far
   * @param mayStamp whether own dots may be given before {@link #mayStamp()}
   */
  public Store(Replica self, KeyStates states, long lamport, StoreLimits limits, boolean mayStamp) {
    this.states = states;
    this.pipeline =
        new CommitPipeline(
            self,
            states,
            lamport,
            limits.pendingWrites(),
            limits.pendingBytes(),
            limits.data(),
            mayStamp);
    this.parked = new WaitingRequests(limits.parkedRequests(), limits.parkedBytes());
    this.held = new HeldWrites(limits.heldWrites(), limits.heldBytes());
    this.transfers = new SnapshotTransfers(states::cut, limits.snapshots());
  }

  /**
   * Takes in the write of a client that waits. Without an answer it is on its way into the next
   * commit.
   *
   * @param context what must be applied here before it is stamped
   * @param deadlineMillis when waiting for that is given up
   */
  public Optional<Answer> write(Proposal proposal, VersionVector context, long deadlineMillis) {
    VersionVector awaited = awaited(context);
    if (states.applied().covers(awaited)) {
      return propose(proposal);
    }
    return Optional.of(park(proposal.ticket(), awaited, deadlineMillis, Optional.of(proposal)));
  }

  /**
   * Takes in the write of a client that does not wait for the context, only for the write itself if
   * the context is here. Once answered with {@link Answer.Parked}, the write is either applied when
   * its context has come, or expires, or is cancelled.
   *
   * @param context what must be applied here before it is stamped
   * @param deadlineMillis when waiting for that is given up
   */
  public Optional<Answer> hold(
      Proposal proposal, VersionVector context, long nowMillis, long deadlineMillis) {
    VersionVector awaited = awaited(context);
    return states.applied().covers(awaited)
        ? propose(proposal)
        : Optional.of(
            parked(
                proposal.ticket(),
                awaited,
                held.hold(proposal, awaited, states.applied(), nowMillis, deadlineMillis)));
  }

  /**
   * Gives up a held write: true if it will never be applied; false if it does not wait, so that it
   * is applied or will be, or was given up before.
   */
  public boolean cancelHeld(long ticket) {
    return held.cancel(ticket);
  }

  /** Returns the first dot that a held write waits for; empty if it is on its way. */
  public Optional<Dot> missing(HeldWrites.Held write) {
    return states.applied().firstMissing(write.context());
  }

  /** Returns the writes that are held, to look at. */
  public HeldWrites held() {
    return held;
  }

  /** A client's wish to go on once the context is applied here. */
  public Answer await(long ticket, VersionVector context, long deadlineMillis) {
    VersionVector awaited = awaited(context);
    return states.applied().covers(awaited)
        ? new Answer.Covered(ticket)
        : park(ticket, awaited, deadlineMillis, Optional.empty());
  }

  /**
   * Nothing waits any more for what is behind the retirement: the answers to those who did. A write
   * among them is on its way into the next commit. What was retired before stays so.
   */
  public List<Answer> retire(Retirement now) {
    retirement = retirement.join(now);
    pipeline.ended(retirement.ended());
    held.change(this::awaited, states.applied()).forEach(pipeline::enqueue);
    return goOn(parked.change(this::awaited, states.applied()));
  }

  /** What is left to wait for. A base that may be had here need not be waited for long. */
  private VersionVector awaited(VersionVector context) {
    if (states.applied().covers(context)) {
      return context;
    }
    pipeline.raise(context);
    return retirement.cap(context);
  }

  /**
   * All members know what the bases of this vector stand for: the own vector gets them with a
   * commit, as soon as all of that is applied here. Of what {@link #retire} has not told nothing is
   * taken.
   */
  public void raise(VersionVector bases) {
    pipeline.raise(bases);
  }

  /** The client is gone: a parked request is forgotten; one that is on its way is not. */
  public void abandon(long ticket) {
    parked.abandon(ticket);
  }

  /** Gives up the requests whose deadlines have come. */
  public List<Answer> expire(long nowMillis) {
    List<Answer> answers = new ArrayList<>();
    for (var request : parked.expire(nowMillis)) {
      answers.add(notMet(request.ticket(), request.context()));
    }
    for (HeldWrites.Held write : held.expire(nowMillis)) {
      answers.add(notMet(write.ticket(), write.context()));
    }
    return answers;
  }

  /** When {@link #expire} has something to do; empty if nothing is parked. */
  public OptionalLong nextDeadlineMillis() {
    OptionalLong ofParked = parked.nextDeadlineMillis();
    OptionalLong ofHeld = held.nextDeadlineMillis();
    if (ofParked.isEmpty() || ofHeld.isEmpty()) {
      return ofParked.isEmpty() ? ofHeld : ofParked;
    }
    return ofParked.getAsLong() < ofHeld.getAsLong() ? ofParked : ofHeld;
  }

  /** Remote writes, put in order by the causal buffer. */
  public void deliver(List<Write> writes) {
    pipeline.deliver(writes);
  }

  /**
   * Every write that is applied here from now on has seen so much: tombstones among it may go. What
   * goes, goes with a commit.
   */
  public void stable(VersionVector stable) {
    pipeline.stable(stable);
  }

  /** See {@link CommitPipeline#mayStamp}. */
  public void mayStamp() {
    pipeline.mayStamp();
  }

  /** Returns whether there may be something for the next commit. */
  public boolean hasWork() {
    return pipeline.hasWork();
  }

  /** The next commit to make durable; empty if one is under way, or there is nothing. */
  public Optional<Commit> begin() {
    return pipeline.begin();
  }

  /** The answers to the local writes that {@link #begin} has refused, each of them once. */
  public List<Answer> takeRefused() {
    List<Proposal> refused = pipeline.takeRefused();
    refused.forEach(proposal -> held.leave(proposal.ticket()));
    return refused.isEmpty()
        ? List.of()
        : refused.stream().map(p -> refused(p.ticket(), new Refusal.DataFull(fill()))).toList();
  }

  /** The commit under way is durable: applies it, and lets go on whatever waited for it. */
  public Applied complete() {
    Commit commit = pipeline.complete();
    List<Answer> answers = new ArrayList<>(commit.writes().size());
    for (StagedWrite prepared : commit.writes()) {
      if (prepared.ticket().isPresent()) {
        answers.add(written(prepared.ticket().getAsLong(), prepared.write().dot()));
      }
      for (KeyChange change : prepared.changes()) {
        conflictsSeen += change.isConflict() ? 1 : 0;
      }
    }
    answers.addAll(release(commit));
    return new Applied(commit, answers);
  }

  /** See {@link CommitPipeline#beginInstall}. */
  public Optional<SnapshotInstall> beginInstall(ReplicaSnapshot snapshot) {
    return pipeline.beginInstall(snapshot);
  }

  /** See {@link CommitPipeline#fits}. */
  public boolean fits(SnapshotInstall joined) {
    return pipeline.fits(joined);
  }

  /** See {@link CommitPipeline#cancelInstall}. */
  public void cancelInstall() {
    pipeline.cancelInstall();
  }

  /** The snapshot is durable: makes it readable, and lets go on whatever waited for it. */
  public Applied completeInstall(SnapshotInstall.Prepared durable) {
    Commit commit = pipeline.completeInstall(durable);
    return new Applied(commit, release(commit));
  }

  /**
   * A slice of a snapshot for a peer.
   *
   * @param asker who asks
   * @param transfer the asker's name for the transfer
   * @param number which slice, from 1
   * @param maxBytes what it may have; at least one key whatever its size
   */
  public SnapshotTransfers.Reply snapshotSlice(
      Replica asker, long transfer, long number, int maxBytes, long nowMillis) {
    return transfers.slice(asker, transfer, number, maxBytes, lamport(), nowMillis);
  }

  /** Forgets the transfers of snapshots that nobody asks for any more. */
  public void expireTransfers(long nowMillis) {
    transfers.expire(nowMillis);
  }

  /** The peers that are being given a snapshot. */
  public List<SnapshotTransfers.Serving> serving() {
    return transfers.serving();
  }

  private Answer written(long ticket, Dot version) {
    held.leave(ticket);
    return new Answer.Written(ticket, version);
  }

  /** A held write was accepted: it enters the next commit, however full the queue is. */
  private List<Answer> release(Commit commit) {
    held.release(commit.before(), commit.after()).forEach(pipeline::enqueue);
    return goOn(parked.release(commit.before(), commit.after()));
  }

  private List<Answer> goOn(List<WaitingRequests.Waiting> requests) {
    List<Answer> answers = new ArrayList<>();
    for (var request : requests) {
      goOn(request).ifPresent(answers::add);
    }
    return answers;
  }

  /** How full the store is. */
  public DataFill fill() {
    return pipeline.fill();
  }

  /** Returns how many keys have concurrent versions that lost, now. */
  public int conflicts() {
    return states.conflicts();
  }

  /** Returns how many times a write met a concurrent version of its key since the start. */
  public long conflictsSeen() {
    return conflictsSeen;
  }

  /** How many writes since the start may have missed a delete that is forgotten here. */
  public long lateWrites() {
    return pipeline.lateWrites();
  }

  /** How many deleted keys wait until every member has seen that. */
  public int tombstones() {
    return states.tombstones();
  }

  /** The highest Lamport time seen. */
  public long lamport() {
    return pipeline.lamport();
  }

  /** Returns how many requests of clients that wait are parked until their context is here. */
  public int parkedRequests() {
    return parked.count();
  }

  /** Returns how many bytes the parked requests occupy, about. */
  public long parkedBytes() {
    return parked.bytes();
  }

  private Optional<Answer> goOn(WaitingRequests.Waiting request) {
    return request.proposal().isPresent()
        ? propose(request.proposal().get())
        : Optional.of(new Answer.Covered(request.ticket()));
  }

  private Optional<Answer> propose(Proposal proposal) {
    if (pipeline.isExhausted()) {
      return Optional.of(refused(proposal.ticket(), new Refusal.Exhausted(lamport())));
    }
    return pipeline.propose(proposal).map(full -> overloaded(proposal.ticket(), full));
  }

  private Answer park(
      long ticket, VersionVector context, long deadlineMillis, Optional<Proposal> proposal) {
    return parked(
        ticket, context, parked.park(ticket, context, states.applied(), deadlineMillis, proposal));
  }

  /**
   * @param full the name of the limit that left no room; empty if the request waits now
   */
  private Answer parked(long ticket, VersionVector context, Optional<String> full) {
    return full.isPresent()
        ? overloaded(ticket, full.get())
        : new Answer.Parked(ticket, missing(context));
  }

  private static Answer notMet(long ticket, VersionVector context) {
    return refused(ticket, new Refusal.NotMet(context));
  }

  private static Answer overloaded(long ticket, String limit) {
    return refused(ticket, new Refusal.Overloaded(limit));
  }

  private static Answer refused(long ticket, Refusal why) {
    return new Answer.Refused(ticket, why);
  }

  private Dot missing(VersionVector context) {
    return states.applied().firstMissing(context).orElseThrow();
  }
}
