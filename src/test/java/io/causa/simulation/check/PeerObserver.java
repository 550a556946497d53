package io.causa.simulation.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what nodes tell each other: nothing that is not durable, and no claim that is not true.
 */
public class PeerObserver {

  private final Evidence evidence;
  private final Map<String, Set<Name>> arrived = new HashMap<>();

  private final Map<String, Set<String>> known = new HashMap<>();

  PeerObserver(Evidence evidence) {
    this.evidence = evidence;
  }

  /** A new process opened the directory: nothing has arrived at it. */
  public void opened(String replica) {
    arrived.put(replica, new HashSet<>());
  }

  /** Writes arrived at the node from a peer. */
  public void arrived(String replica, List<Name> writes) {
    arrived.get(replica).addAll(writes);
  }

  /** The node sent writes to a peer: they must be visible at it. */
  public void sent(String replica, List<Fact> writes) {
    Directory directory = evidence.directory(replica);
    for (Fact fact : writes) {
      int number = evidence.truth().find(fact, replica);
      if (!directory.durable().get(number)) {
        throw new Verdict(
            "durable-first", replica + " sends " + fact.name() + ", not durable there");
      }
    }
  }

  /** The node told a peer that it has applied, and that it has received, so much of each origin. */
  public void claimed(String replica, Map<String, Long> applied, Map<String, Long> received) {
    Directory directory = evidence.directory(replica);
    applied.forEach((origin, count) -> checkApplied(directory, origin, count));
    received.forEach((origin, count) -> checkReceived(directory, origin, count));
  }

  /**
   * The node told a peer whom it knows, by name: whom it once told of it must not forget, whatever
   * happens to its process.
   */
  public void knows(String replica, Set<String> names) {
    Set<String> before = known.put(replica, Set.copyOf(names));
    if (before != null && !names.containsAll(before)) {
      throw new Verdict("roster", replica + " knew " + before + ", and tells of " + names);
    }
  }

  private static void checkApplied(Directory directory, String origin, long count) {
    if (directory.count(origin) < count) {
      throw new Verdict(
          "claim-applied",
          "%s says that it has applied %d writes of %s, and has %d"
              .formatted(directory.replica(), count, origin, directory.count(origin)));
    }
  }

  private void checkReceived(Directory directory, String origin, long count) {
    for (long sequence = directory.count(origin) + 1; sequence <= count; sequence++) {
      Name name = new Name(origin, sequence);
      if (!arrived.get(directory.replica()).contains(name)) {
        throw new Verdict(
            "claim-received", directory.replica() + " says that it has received " + name);
      }
    }
  }
}
