package io.causa.simulation.check;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a cluster that has come to rest. */
public final class EndObserver {

  private final Evidence evidence;

  EndObserver(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * All faults are gone and the nodes have settled: all hold the same, and every acknowledged write
   * that some directory held throughout.
   */
  public void settled(Set<String> live) {
    BitSet all = evidence.directory(live.iterator().next()).durable();
    for (String replica : live) {
      checkSame(replica, all);
    }
    for (Map.Entry<Integer, String> write : evidence.acknowledged().entrySet()) {
      if (!all.get(write.getKey()) && !evidence.lost().get(write.getKey())) {
        throw new Verdict(
            "acknowledged-lost",
            evidence.truth().write(write.getKey()).name() + " of " + write.getValue() + " is lost");
      }
    }
  }

  private void checkSame(String replica, BitSet all) {
    BitSet difference = (BitSet) evidence.directory(replica).durable().clone();
    difference.xor(all);
    if (!difference.isEmpty()) {
      throw new Verdict(
          "convergence", replica + " and the others differ in " + evidence.nameOf(difference));
    }
  }

  /**
   * What a key is at a settled node.
   *
   * @param versions the visible version first, then those that lost; empty if it has no state
   */
  public void holds(String replica, String key, List<Name> versions) {
    BitSet durable = evidence.directory(replica).durable();
    BitSet expected = evidence.truth().siblings(key, durable);
    if (versions.isEmpty() && isDeleted(key, expected)) {
      return;
    }
    BitSet said = new BitSet();
    versions.forEach(version -> said.set(evidence.truth().number(version, replica)));
    int winner = evidence.truth().winner(key, durable);
    boolean right =
        !versions.isEmpty() && evidence.truth().number(versions.get(0), replica) == winner;
    if (!expected.equals(said) || !right) {
      throw new Verdict(
          "key-state",
          "%s holds %s of %s, expected are %s, first %s"
              .formatted(
                  replica, versions, key, evidence.namesOf(expected), evidence.nameOf(winner)));
    }
  }

  private boolean isDeleted(String key, BitSet versions) {
    return versions.stream().allMatch(version -> evidence.truth().deletes(version, key));
  }

  /** The keys that a directory has writes of. */
  public Set<String> keys(String replica) {
    Set<String> keys = new HashSet<>();
    BitSet durable = evidence.directory(replica).durable();
    for (String key : evidence.truth().keys()) {
      if (evidence.truth().ofKey(key).stream().anyMatch(durable::get)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Whether the write waits in vain, because a cause of it is lost for good. */
  public boolean waitsForever(Name write) {
    return evidence.truth().isMade(write)
        && evidence.truth().past(evidence.truth().number(write, "the check")).stream()
            .anyMatch(evidence::isNowhere);
  }

  /** Whether some write was made that the nodes have agreed to wait for no more. */
  public boolean hasGivenUp() {
    return evidence.hasGivenUp();
  }

  /** Whether some write was ever lost with the last directory that held it. */
  public boolean hasLost() {
    return !evidence.lost().isEmpty();
  }
}
