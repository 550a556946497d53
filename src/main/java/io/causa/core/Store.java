package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
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
  public static final String PARKED_REQUESTS = "store.parkedRequests";

  /**
   * @param pendingWrites how many proposals may wait for a commit
   * @param pendingBytes how many bytes of proposals may wait for a commit
   * @param parkedRequests how many requests may wait for their context
   * @param snapshots what may be spent on peers that the log cannot help any more
   */
  public record Limits(
      int pendingWrites,
      long pendingBytes,
      int parkedRequests,
      SnapshotTransfers.Limits snapshots) {

    /** Limits for a store that serves snapshots of modest size. */
    public Limits(int pendingWrites, long pendingBytes, int parkedRequests) {
      this(pendingWrites, pendingBytes, parkedRequests, SnapshotTransfers.Limits.MODEST);
    }
  }

  /**
   * A commit that is readable now, and the answers that it allows.
   *
   * @param commit what may be acknowledged, replicated and fed
   * @param answers in the order in which they were reached
   */
  public record Applied(Commit commit, List<Answer> answers) {}

  private final KeyStates states;
  private final CommitPipeline pipeline;
  private final ParkedRequests<Optional<Proposal>> parked;
  private final SnapshotTransfers transfers;
  private Retirement retirement = Retirement.NONE;
  private long conflicts;

  /**
   * @param self who stamps
   * @param states what is applied, recovered or empty
   * @param lamport the highest Lamport time seen so far
   */
  public Store(Replica self, KeyStates states, long lamport, Limits limits) {
    this.states = states;
    this.pipeline =
        new CommitPipeline(self, states, lamport, limits.pendingWrites(), limits.pendingBytes());
    this.parked = new ParkedRequests<>(limits.parkedRequests());
    this.transfers = new SnapshotTransfers(states, limits.snapshots());
  }

  /**
   * A client's write. Without an answer it is on its way into the next commit.
   *
   * @param context what must be applied here before it is stamped
   * @param deadlineMillis when waiting for that is given up
   */
  public Optional<Answer> write(Proposal proposal, VersionVector context, long deadlineMillis) {
    VersionVector awaited = retirement.cap(context);
    if (states.applied().covers(awaited)) {
      return propose(proposal);
    }
    return Optional.of(park(proposal.ticket(), awaited, deadlineMillis, Optional.of(proposal)));
  }

  /** A client's wish to go on once the context is applied here. */
  public Answer await(long ticket, VersionVector context, long deadlineMillis) {
    VersionVector awaited = retirement.cap(context);
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
    return goOn(parked.change(retirement::cap, states.applied()));
  }

  /** The client is gone: a parked request is forgotten; one that is on its way is not. */
  public void abandon(long ticket) {
    parked.cancel(ticket);
  }

  /** Gives up the requests whose deadlines have come. */
  public List<Answer> expire(long nowMillis) {
    return parked.expire(nowMillis).stream()
        .<Answer>map(request -> new Answer.NotMet(request.ticket(), request.context()))
        .toList();
  }

  /** When {@link #expire} has something to do; empty if nothing is parked. */
  public OptionalLong nextDeadlineMillis() {
    return parked.nextDeadlineMillis();
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

  /** The next commit to make durable; empty if one is under way, or there is nothing. */
  public Optional<Commit> begin() {
    return pipeline.begin();
  }

  /** The commit under way is durable: applies it, and lets go on whatever waited for it. */
  public Applied complete() {
    Commit commit = pipeline.complete();
    List<Answer> answers = new ArrayList<>();
    for (PreparedWrite prepared : commit.writes()) {
      prepared
          .ticket()
          .ifPresent(ticket -> answers.add(new Answer.Written(ticket, prepared.write().dot())));
      conflicts += prepared.changes().stream().filter(KeyChange::isConflict).count();
    }
    answers.addAll(release(commit));
    return new Applied(commit, answers);
  }

  /** See {@link CommitPipeline#beginInstall}. */
  public Optional<SnapshotInstall> beginInstall(ReplicaSnapshot snapshot) {
    return pipeline.beginInstall(snapshot);
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

  private List<Answer> release(Commit commit) {
    return goOn(parked.release(commit.before(), commit.after()));
  }

  private List<Answer> goOn(List<ParkedRequests.Parked<Optional<Proposal>>> requests) {
    List<Answer> answers = new ArrayList<>();
    for (var request : requests) {
      goOn(request).ifPresent(answers::add);
    }
    return answers;
  }

  /** How many times a write met a concurrent version of its key since the start. */
  public long conflicts() {
    return conflicts;
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

  public int parkedRequests() {
    return parked.size();
  }

  /** A write that waits for its context. */
  public record ParkedWrite(Proposal proposal, VersionVector context) {}

  /** The parked writes among the first {@code limit} parked requests. */
  public List<ParkedWrite> parkedWrites(int limit) {
    return parked.list(limit).stream()
        .filter(request -> request.request().isPresent())
        .map(request -> new ParkedWrite(request.request().get(), request.context()))
        .toList();
  }

  private Optional<Answer> goOn(ParkedRequests.Parked<Optional<Proposal>> request) {
    return request.request().isPresent()
        ? propose(request.request().get())
        : Optional.of(new Answer.Covered(request.ticket()));
  }

  private Optional<Answer> propose(Proposal proposal) {
    return pipeline.propose(proposal)
        ? Optional.empty()
        : Optional.of(new Answer.Overloaded(proposal.ticket(), PENDING_WRITES));
  }

  private Answer park(
      long ticket, VersionVector context, long deadlineMillis, Optional<Proposal> proposal) {
    var request = new ParkedRequests.Parked<>(ticket, context, deadlineMillis, proposal);
    return parked.park(request, states.applied())
        ? new Answer.Parked(ticket, missing(context))
        : new Answer.Overloaded(ticket, PARKED_REQUESTS);
  }

  private Dot missing(VersionVector context) {
    return states.applied().firstMissing(context).orElseThrow();
  }
}
