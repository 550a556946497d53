package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.DotIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Requests whose context this replica has not reached: each waits for one missing dot at a time,
 * and for no longer than until its deadline.
 *
 * <p>Owner: the store's loop. Bound: whoever parks keeps a {@link Budget}. Time is passed in: any
 * clock in milliseconds that does not go back.
 *
 * @param <T> the request
 */
public final class ParkedRequests<T> {

  /**
   * A request that waits.
   *
   * @param ticket chosen by the caller, unique among the parked
   * @param context what must be applied before it may go on
   * @param deadlineMillis when it is given up
   * @param request what goes on
   */
  public record Parked<T>(long ticket, VersionVector context, long deadlineMillis, T request) {}

  private record Deadline(long millis, long ticket) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int order = Long.compare(millis, other.millis);
      return order != 0 ? order : Long.compare(ticket, other.ticket);
    }
  }

  private final NavigableMap<Long, Parked<T>> parked = new TreeMap<>();
  private final Map<Long, Dot> waitsFor = new HashMap<>();
  private final DotIndex<Long> waiting = new DotIndex<>();
  private final NavigableSet<Deadline> deadlines = new TreeSet<>();

  /**
   * Parks a request.
   *
   * @throws IllegalArgumentException if the context is covered, so that there is nothing to wait
   *     for, or if the ticket is parked already
   */
  public void park(Parked<T> request, VersionVector applied) {
    Dot missing =
        applied
            .firstMissing(request.context())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing to wait for: " + request.context() + " is covered by " + applied));
    Parked<T> same = parked.get(request.ticket());
    if (same != null) {
      throw new IllegalArgumentException(
          "ticket " + same.ticket() + " is parked already, for " + same.context());
    }
    parked.put(request.ticket(), request);
    deadlines.add(deadline(request));
    waitFor(request.ticket(), missing);
  }

  /**
   * Takes out the requests whose contexts are covered now. Those whose last dots are of the same
   * replica come in the order of these dots, then in the order in which they were parked.
   *
   * @param before what was applied at the last call, or when the first request was parked
   * @param applied what is applied now
   */
  public List<Parked<T>> release(VersionVector before, VersionVector applied) {
    if (parked.isEmpty()) {
      return List.of();
    }
    List<Parked<T>> released = new ArrayList<>();
    for (Dot reached : applied.entries()) {
      if (!before.covers(reached)) {
        for (long ticket : waiting.release(reached)) {
          look(ticket, applied, released);
        }
      }
    }
    return released;
  }

  /**
   * The contexts have become something that is reached sooner: takes out the requests whose
   * contexts are covered now, in the order of their tickets.
   */
  public List<Parked<T>> change(UnaryOperator<VersionVector> change, VersionVector applied) {
    List<Parked<T>> released = new ArrayList<>();
    for (Parked<T> request : List.copyOf(parked.values())) {
      long ticket = request.ticket();
      VersionVector context = change.apply(request.context());
      parked.put(
          ticket, new Parked<>(ticket, context, request.deadlineMillis(), request.request()));
      waiting.remove(waitsFor.get(ticket), ticket);
      look(ticket, applied, released);
    }
    return released;
  }

  /** Takes out the requests whose deadlines have come. */
  public List<Parked<T>> expire(long nowMillis) {
    List<Parked<T>> expired = new ArrayList<>();
    while (!deadlines.isEmpty() && deadlines.first().millis() <= nowMillis) {
      expired.add(remove(deadlines.first().ticket()));
    }
    return expired;
  }

  /** Takes out a request; empty if it is not parked. */
  public Optional<Parked<T>> cancel(long ticket) {
    return Optional.ofNullable(remove(ticket));
  }

  /** Returns the request of that ticket; empty if it is not parked. */
  public Optional<Parked<T>> find(long ticket) {
    return Optional.ofNullable(parked.get(ticket));
  }

  /** When the next request expires; empty if none is parked. */
  public OptionalLong nextDeadlineMillis() {
    return deadlines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(deadlines.first().millis());
  }

  public int size() {
    return parked.size();
  }

  /** Returns the requests behind that ticket, by ticket, at most {@code limit} of them. */
  public List<Parked<T>> list(long after, int limit) {
    return parked.tailMap(after, false).values().stream().limit(limit).toList();
  }

  /** Whether not a trace is left of any request. */
  boolean isBare() {
    return parked.isEmpty() && waitsFor.isEmpty() && waiting.isEmpty() && deadlines.isEmpty();
  }

  private void look(long ticket, VersionVector applied, List<Parked<T>> released) {
    waitsFor.remove(ticket);
    applied
        .firstMissing(parked.get(ticket).context())
        .ifPresentOrElse(missing -> waitFor(ticket, missing), () -> released.add(remove(ticket)));
  }

  private void waitFor(long ticket, Dot missing) {
    waitsFor.put(ticket, missing);
    waiting.add(missing, ticket);
  }

  private Parked<T> remove(long ticket) {
    Parked<T> request = parked.remove(ticket);
    if (request != null) {
      deadlines.remove(deadline(request));
      Dot missing = waitsFor.remove(ticket);
      if (missing != null) {
        waiting.remove(missing, ticket);
      }
    }
    return request;
  }

  private static Deadline deadline(Parked<?> request) {
    return new Deadline(request.deadlineMillis(), request.ticket());
  }
}
