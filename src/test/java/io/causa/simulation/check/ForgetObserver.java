package io.causa.simulation.check;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Judges what nodes forget: deletes that all have seen, and log entries that all have. */
public class ForgetObserver {

  private final Evidence evidence;
  private final Map<String, BitSet> forgotten = new HashMap<>();

  ForgetObserver(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * The node holds that every member has applied so much, and that whatever is still to come from
   * them has seen it. Nothing can be held for sure where disks lose what was on them.
   *
   * @param stable for each origin how many of its writes
   * @param members whom it reckons with
   */
  public void stable(String replica, Map<String, Long> stable, Set<String> members) {
    if (evidence.cut().isEmpty()) {
      BitSet numbers = numbers(stable);
      evidence.directories().stream()
          .map(Directory::replica)
          .filter(members::contains)
          .forEach(member -> checkApplied(replica, member, numbers));
      checkStillToCome(replica, numbers, members);
    }
  }

  private void checkApplied(String replica, String member, BitSet stable) {
    BitSet missing = (BitSet) stable.clone();
    missing.andNot(evidence.directoryOrHeirs(member).durable());
    if (!missing.isEmpty()) {
      throw new Verdict(
          "stable",
          "%s holds %s for stable, which %s has not applied"
              .formatted(replica, evidence.nameOf(missing), member));
    }
  }

  private void checkStillToCome(String replica, BitSet stable, Set<String> members) {
    BitSet toCome = evidence.truth().numbers();
    toCome.andNot(evidence.directory(replica).durable());
    for (int number : toCome.stream().toArray()) {
      Name name = evidence.truth().write(number).name();
      BitSet unseen = (BitSet) stable.clone();
      unseen.andNot(evidence.truth().past(number));
      if (members.contains(name.origin()) && !unseen.isEmpty()) {
        throw new Verdict(
            "stable",
            "%s holds %s for stable, which %s has not seen, still to come"
                .formatted(replica, evidence.nameOf(unseen), name));
      }
    }
  }

  /**
   * A commit is durable that removes tombstones.
   *
   * @param keys whose tombstones
   * @param stable what the node holds for stable
   * @param floor what it says that all removed tombstones belong to
   */
  public void removed(
      String replica, Collection<String> keys, Map<String, Long> stable, Map<String, Long> floor) {
    BitSet gone = forgotten.computeIfAbsent(replica, r -> new BitSet());
    BitSet durable = evidence.directory(replica).durable();
    for (String key : keys) {
      BitSet versions = evidence.truth().siblings(key, durable);
      versions.stream().forEach(version -> checkTombstone(replica, key, version, stable));
      gone.or(versions);
    }
    gone.stream().forEach(version -> checkFloor(replica, version, floor));
  }

  private void checkTombstone(String replica, String key, int version, Map<String, Long> stable) {
    if (!evidence.truth().deletes(version, key) || !covers(stable, version)) {
      throw new Verdict(
          "forgotten",
          "%s forgets %s of %s, which is no stable tombstone"
              .formatted(replica, evidence.nameOf(version), key));
    }
  }

  private void checkFloor(String replica, int version, Map<String, Long> floor) {
    if (!covers(floor, version)) {
      throw new Verdict(
          "floor",
          "%s has forgotten %s, and says it had forgotten no more than %s"
              .formatted(replica, evidence.nameOf(version), floor));
    }
  }

  /** The directory of the replica lost what was not synced, and may have back what it forgot. */
  public void lostPower(String replica) {
    forgotten.remove(replica);
  }

  /**
   * A full log let entries go: those that somebody lacks only after all that nobody does.
   *
   * @param before what it had let go before, by origin
   * @param after what it has let go now
   * @param stable what the node holds for stable
   */
  public void trimmed(
      String replica, Map<String, Long> before, Map<String, Long> after, Map<String, Long> stable) {
    BitSet gone = numbers(after);
    gone.andNot(numbers(before));
    gone.andNot(numbers(stable));
    BitSet kept = numbers(stable);
    kept.andNot(numbers(after));
    kept.and(evidence.directory(replica).durable());
    if (!gone.isEmpty() && !kept.isEmpty()) {
      throw new Verdict(
          "trimmed",
          "the log of %s has let %s go, which somebody lacks, and keeps %s, which all have"
              .formatted(replica, evidence.nameOf(gone), evidence.nameOf(kept)));
    }
  }

  private BitSet numbers(Map<String, Long> counts) {
    BitSet numbers = new BitSet();
    evidence.truth().numbers().stream()
        .filter(number -> covers(counts, number))
        .forEach(numbers::set);
    return numbers;
  }

  private boolean covers(Map<String, Long> counts, int number) {
    Name name = evidence.truth().write(number).name();
    return counts.getOrDefault(name.origin(), 0L) >= name.sequence();
  }
}
