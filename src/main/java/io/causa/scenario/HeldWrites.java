package io.causa.scenario;

import io.causa.client.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes that nodes hold for clients until their context arrives: the scenario's, and others'. */
final class HeldWrites {
  private static final int LISTED = 3;
  static final String REMEDY = "`bin/causa held` lists held writes and cancels them";

  /** One held write, and the node that holds it. */
  record HeldWrite(String node, List<String> keys, String waitsFor) {
    @Override
    public String toString() {
      return "%s at %s (for %s)".formatted(String.join(", ", keys), node, waitsFor);
    }
  }

  private final OwnKeys keys;

  HeldWrites(OwnKeys keys) {
    this.keys = keys;
  }

  /** Those that this play of the scenario made. */
  List<HeldWrite> own(NodeStatus status) {
    return some(status, this::isOwn);
  }

  /** Those that somebody else made. They do no harm to a scenario as long as they stay held. */
  List<HeldWrite> foreign(NodeStatus status) {
    return some(status, held -> !isOwn(held));
  }

  List<HeldWrite> foreign(Map<String, NodeStatus> statuses) {
    List<HeldWrite> all = new ArrayList<>();
    statuses.values().forEach(status -> all.addAll(foreign(status)));
    return all;
  }

  /** How many of the scenario's requests wait at a node, held or with their clients. */
  long ownRequests(NodeStatus status) {
    return Math.max(0, status.heldRequests() - foreign(status).size());
  }

  /** Says what they may do, and how to be rid of them. */
  static String warning(List<HeldWrite> foreign) {
    return ("writes of others are held: %s, as the nodes count. They disturb a scenario only if what"
            + " they wait for arrives; %s.")
        .formatted(list(foreign), REMEDY);
  }

  /** Says that some were held at the start of a failed scenario and are not any more. */
  static String explanation(List<HeldWrite> gone) {
    return ("writes of others were held when the scenario began, and are not held any more: %s. If"
            + " they were applied, the clocks count them: play the scenario again.")
        .formatted(list(gone));
  }

  static String list(List<HeldWrite> writes) {
    String first =
        writes.stream().limit(LISTED).map(HeldWrite::toString).collect(Collectors.joining("; "));
    int more = writes.size() - LISTED;
    return more > 0 ? "%s; and %,d more".formatted(first, more) : first;
  }

  private boolean isOwn(NodeStatus.Held held) {
    return held.keys().stream().anyMatch(keys::isOwn);
  }

  private static List<HeldWrite> some(NodeStatus status, Predicate<NodeStatus.Held> which) {
    return status.held().stream()
        .filter(which)
        .map(held -> new HeldWrite(status.id(), held.keys(), held.waitsFor()))
        .toList();
  }
}
