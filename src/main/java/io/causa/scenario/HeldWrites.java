package io.causa.scenario;

import io.causa.client.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes that nodes hold for clients until their context arrives: the scenario's, and others'. */
final class HeldWrites {
  static final String REMEDY = "`bin/causa held` lists held writes and cancels them";

  /** One held write, and the node that holds it. */
  record HeldWrite(String node, List<String> keys, String waitsFor) {
    @Override
    public String toString() {
      return "%s holds a write of %s, which waits for %s"
          .formatted(node, String.join(", ", keys), waitsFor);
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

  /** Says in a sentence what they may do, and how to be rid of them. */
  static String warning(List<HeldWrite> foreign) {
    String more =
        foreign.size() == 1 ? "" : " (and %,d more are held)".formatted(foreign.size() - 1);
    return "%s%s, as the nodes count. It is not of this scenario, and disturbs it only if that arrives; %s."
        .formatted(foreign.get(0), more, REMEDY);
  }

  /** Says that some were held at the start of a failed scenario and are not any more. */
  static String explanation(List<HeldWrite> gone) {
    return "when the scenario began, %s; it is held no longer, and if it was applied, the clocks count it. Play the scenario again"
        .formatted(gone.stream().map(HeldWrite::toString).collect(Collectors.joining("; ")));
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
