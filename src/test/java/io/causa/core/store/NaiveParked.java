package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.store.ParkedRequests.Parked;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Parked requests in a plain list, searched from end to end: the twin of the indexed ones. */
final class NaiveParked {

  private final List<Parked<String>> parked = new ArrayList<>();

  void park(Parked<String> request) {
    parked.add(request);
  }

  List<Parked<String>> release(VersionVector applied) {
    return takeOut(request -> applied.covers(request.context()));
  }

  List<Parked<String>> expire(long nowMillis) {
    return takeOut(request -> request.deadlineMillis() <= nowMillis);
  }

  boolean cancel(long ticket) {
    return !takeOut(request -> request.ticket() == ticket).isEmpty();
  }

  OptionalLong nextDeadlineMillis() {
    return parked.stream().mapToLong(Parked::deadlineMillis).min();
  }

  List<Parked<String>> list() {
    return List.copyOf(parked);
  }

  private List<Parked<String>> takeOut(Predicate<Parked<String>> which) {
    List<Parked<String>> taken = parked.stream().filter(which).toList();
    parked.removeAll(taken);
    return taken;
  }
}
