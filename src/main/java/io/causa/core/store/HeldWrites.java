package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.HeapSize;
import io.causa.core.Proposal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Writes that were accepted before their context was here: their clients have an answer and went
 * on. A held write is committed once its context is applied, or expires, or is cancelled.
 *
 * <p>A write keeps its room until it is committed, so whatever else is full, it enters the next
 * commit when its context arrives.
 *
 * <p>Owner: the store's loop. Bounds: a number of writes, and their bytes on the heap.
 */
public final class HeldWrites {

  public static final String WRITES = "store.heldWrites";
  public static final String BYTES = "store.heldBytes";

  /**
   * A write that waits for its context.
   *
   * @param context all that must be applied before it
   * @param bytes what it occupies, about
   * @param sinceMillis when it was accepted
   * @param deadlineMillis when it is given up
   */
  public record Held(
      Proposal proposal, VersionVector context, long bytes, long sinceMillis, long deadlineMillis) {

    /** Its name within the run of the node. */
    public long ticket() {
      return proposal.ticket();
    }
  }

  private record Accepted(Proposal proposal, long bytes, long sinceMillis) {}

  private final Budget budget;
  private final ParkedRequests<Accepted> parked = new ParkedRequests<>();
  private final Map<Long, Long> bytesOnTheirWay = new HashMap<>();

  HeldWrites(int mostWrites, long mostBytes) {
    this.budget = new Budget(WRITES, mostWrites, BYTES, mostBytes);
  }

  /**
   * Accepts a write whose context is not covered; returns the name of the limit if there is no
   * room.
   */
  Optional<String> hold(
      Proposal proposal,
      VersionVector context,
      VersionVector applied,
      long nowMillis,
      long deadlineMillis) {
    long bytes = HeapSize.REQUEST_BYTES + proposal.heapBytes() + HeapSize.of(context);
    Optional<String> full = budget.reserve(bytes);
    if (full.isEmpty()) {
      var accepted = new Accepted(proposal, bytes, nowMillis);
      parked.park(
          new ParkedRequests.Parked<>(proposal.ticket(), context, deadlineMillis, accepted),
          applied);
    }
    return full;
  }

  /** Takes out the writes whose contexts are covered now, on their way into a commit. */
  List<Proposal> release(VersionVector before, VersionVector applied) {
    return onTheirWay(parked.release(before, applied));
  }

  /** Changes what is waited for; takes out the writes whose contexts are covered then. */
  List<Proposal> change(UnaryOperator<VersionVector> change, VersionVector applied) {
    return onTheirWay(parked.change(change, applied));
  }

  private List<Proposal> onTheirWay(List<ParkedRequests.Parked<Accepted>> released) {
    if (released.isEmpty()) {
      return List.of();
    }
    released.forEach(one -> bytesOnTheirWay.put(one.ticket(), one.request().bytes()));
    return released.stream().map(one -> one.request().proposal()).toList();
  }

  /**
   * The write of that ticket is committed, or refused; of a write that was never held, nothing
   * happens.
   */
  void leave(long ticket) {
    Long bytes = bytesOnTheirWay.isEmpty() ? null : bytesOnTheirWay.remove(ticket);
    if (bytes != null) {
      budget.giveBack(bytes);
    }
  }

  /** Takes out the writes whose deadlines have come. */
  List<Held> expire(long nowMillis) {
    List<Held> expired = parked.expire(nowMillis).stream().map(HeldWrites::held).toList();
    expired.forEach(one -> budget.giveBack(one.bytes()));
    return expired;
  }

  /** Gives up a write for good; false if it does not wait here: it may be on its way. */
  boolean cancel(long ticket) {
    var cancelled = parked.cancel(ticket);
    cancelled.ifPresent(one -> budget.giveBack(one.request().bytes()));
    return cancelled.isPresent();
  }

  OptionalLong nextDeadlineMillis() {
    return parked.nextDeadlineMillis();
  }

  /** Returns the write of that ticket; empty if it does not wait here. */
  public Optional<Held> find(long ticket) {
    return parked.find(ticket).map(HeldWrites::held);
  }

  /** Returns the waiting writes behind that ticket, by ticket, at most {@code limit} of them. */
  public List<Held> list(long after, int limit) {
    return parked.list(after, limit).stream().map(HeldWrites::held).toList();
  }

  /** Returns how many writes wait for their contexts. */
  public int waiting() {
    return parked.size();
  }

  /** Returns how many bytes the held writes occupy, those on their way into a commit included. */
  public long bytes() {
    return budget.bytes();
  }

  /** Returns how many writes have room reserved, those on their way into a commit included. */
  public int reserved() {
    return budget.count();
  }

  private static Held held(ParkedRequests.Parked<Accepted> parked) {
    Accepted accepted = parked.request();
    return new Held(
        accepted.proposal(),
        parked.context(),
        accepted.bytes(),
        accepted.sinceMillis(),
        parked.deadlineMillis());
  }
}
