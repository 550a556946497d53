package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.HeapSize;
import io.causa.core.Proposal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Requests of clients that wait for their answers, parked until their context is here.
 *
 * <p>Owner: the store's loop. Bounds: a number of requests, and their bytes on the heap.
 */
final class WaitingRequests {

  /**
   * A request that is taken out.
   *
   * @param proposal the write; empty if the request is none
   */
  record Waiting(long ticket, VersionVector context, Optional<Proposal> proposal, long bytes) {}

  private final Budget budget;
  private final ParkedRequests<Waiting> parked = new ParkedRequests<>();

  WaitingRequests(int mostRequests, long mostBytes) {
    this.budget = new Budget(Store.PARKED_REQUESTS, mostRequests, Store.PARKED_BYTES, mostBytes);
  }

  /**
   * Parks a request whose context is not covered; returns the name of the limit if there is no
   * room.
   */
  Optional<String> park(
      long ticket,
      VersionVector context,
      VersionVector applied,
      long deadlineMillis,
      Optional<Proposal> proposal) {
    long ofProposal = proposal.map(Proposal::heapBytes).orElse(0L);
    long bytes = HeapSize.REQUEST_BYTES + HeapSize.of(context) + ofProposal;
    Optional<String> full = budget.reserve(bytes);
    if (full.isEmpty()) {
      var waiting = new Waiting(ticket, context, proposal, bytes);
      parked.park(new ParkedRequests.Parked<>(ticket, context, deadlineMillis, waiting), applied);
    }
    return full;
  }

  /** Takes out the requests whose contexts are covered now. */
  List<Waiting> release(VersionVector before, VersionVector applied) {
    return leave(parked.release(before, applied));
  }

  /** Changes what is waited for; takes out the requests whose contexts are covered then. */
  List<Waiting> change(UnaryOperator<VersionVector> change, VersionVector applied) {
    return leave(parked.change(change, applied));
  }

  /** Takes out the requests whose deadlines have come. */
  List<Waiting> expire(long nowMillis) {
    return leave(parked.expire(nowMillis));
  }

  /** Forgets a request, if it waits here. */
  void abandon(long ticket) {
    leave(parked.cancel(ticket).stream().toList());
  }

  private List<Waiting> leave(List<ParkedRequests.Parked<Waiting>> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<Waiting> leaving = requests.stream().map(ParkedRequests.Parked::request).toList();
    leaving.forEach(one -> budget.giveBack(one.bytes()));
    return leaving;
  }

  OptionalLong nextDeadlineMillis() {
    return parked.nextDeadlineMillis();
  }

  int count() {
    return budget.count();
  }

  long bytes() {
    return budget.bytes();
  }
}
