package io.causa.simulation.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges nodes by what they do, at the moment when they do it; throws a {@link Verdict} as soon as
 * a promise is broken.
 *
 * <p>A directory is named by the replica whose data it holds: a lost directory takes its name with
 * it.
 */
public final class Observers {

  private final Truth truth = new Truth();
  private final Sessions sessions = new Sessions(truth);
  private final Map<String, Directory> directories = new TreeMap<>();
  private final Map<String, Set<Name>> arrived = new HashMap<>();
  private final Map<Integer, String> acknowledged = new HashMap<>();
  private final BitSet lostOnce = new BitSet();
  private final BitSet given = new BitSet();

  /**
   * A process opened the directory and found so much in it.
   *
   * @param found for each origin how many of its writes
   */
  public void opened(String replica, Map<String, Long> found) {
    Directory directory = directory(replica);
    arrived.put(replica, new HashSet<>());
    directory.opened();
    if (!directory.counts().equals(found)) {
      throw new Verdict(
          "recovery", replica + " found " + found + " where it left " + directory.counts());
    }
  }

  /** One commit is durable in the directory, its writes in this order. */
  public void durable(String replica, List<Fact> writes) {
    Directory directory = directory(replica);
    for (Fact fact : writes) {
      boolean own = fact.name().origin().equals(replica);
      int number = own ? truth.make(fact, directory.durable()) : truth.find(fact, replica);
      checkCauses(directory, number);
      directory.append(number, fact.name());
    }
  }

  private void checkCauses(Directory directory, int number) {
    Name name = truth.write(number).name();
    if (directory.durable().get(number)) {
      throw new Verdict("applied-once", directory.replica() + " applies " + name + " again");
    }
    BitSet missing = (BitSet) truth.past(number).clone();
    missing.andNot(directory.durable());
    if (!missing.isEmpty()) {
      throw new Verdict(
          "causal-delivery",
          directory.replica() + " applies " + name + " before its cause " + nameOf(missing));
    }
  }

  /** The node made a commit visible, its writes in this order. */
  public void visible(String replica, List<Name> writes) {
    Directory directory = directory(replica);
    for (Name name : writes) {
      int next = directory.showNext();
      if (next < 0 || !truth.write(next).name().equals(name)) {
        throw new Verdict(
            "visible-order",
            replica
                + " shows "
                + name
                + " where "
                + orNothing(next)
                + " is the next durable write");
      }
      directory.shown(name);
    }
  }

  /**
   * The node fed one applied write to its subscribers.
   *
   * @param before the position before it, by origin
   * @param after the position after it
   */
  public void fed(String replica, Name write, Map<String, Long> before, Map<String, Long> after) {
    Directory directory = directory(replica);
    int next = directory.feedNext();
    if (next < 0 || !truth.write(next).name().equals(write)) {
      throw new Verdict(
          "feed-order", replica + " feeds " + write + " where " + orNothing(next) + " is next");
    }
    checkPosition(replica, write, directory.fedCounts(), before);
    directory.fed(write);
    checkPosition(replica, write, directory.fedCounts(), after);
  }

  private static void checkPosition(
      String replica, Name write, Map<String, Long> expected, Map<String, Long> said) {
    if (!expected.equals(said)) {
      throw new Verdict(
          "feed-position", replica + " feeds " + write + " at " + said + ", it is at " + expected);
    }
  }

  /** Writes arrived at the node from a peer. */
  public void arrived(String replica, List<Name> writes) {
    arrived.get(replica).addAll(writes);
  }

  /** The node sent writes to a peer: they must be visible at it. */
  public void sent(String replica, List<Fact> writes) {
    Directory directory = directory(replica);
    for (Fact fact : writes) {
      int number = truth.find(fact, replica);
      if (!directory.durable().get(number)) {
        throw new Verdict(
            "durable-first", replica + " sends " + fact.name() + ", not durable there");
      }
    }
  }

  /** The node told a peer that it has applied, and that it has received, so much of each origin. */
  public void claimed(String replica, Map<String, Long> applied, Map<String, Long> received) {
    Directory directory = directory(replica);
    applied.forEach((origin, count) -> checkApplied(directory, origin, count));
    received.forEach((origin, count) -> checkReceived(directory, origin, count));
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

  /** The node answers a client's write: it must be visible there. */
  public void answered(String replica, Name write) {
    if (!truth.isMade(write) || !directory(replica).visible().get(truth.number(write, replica))) {
      throw new Verdict(
          "durable-first", replica + " acknowledges " + write + ", not visible there");
    }
  }

  /**
   * The node tells a client that it has not reached this context.
   *
   * @param context for each origin how many of its writes
   */
  public void notMet(String replica, Map<String, Long> context) {
    Directory directory = directory(replica);
    boolean reached =
        context.entrySet().stream()
            .allMatch(entry -> directory.visibleCount(entry.getKey()) >= entry.getValue());
    if (reached) {
      throw new Verdict("parked", replica + " has reached " + context + ", and let it expire");
    }
  }

  /** A client got the answer to its write: from now on the write must not be lost. */
  public void acknowledged(String session, Name write) {
    sessions.wrote(session, write);
    acknowledged.put(truth.number(write, session), session);
  }

  /** The node told a client that so many peers have applied the write, too. */
  public void acknowledgedBy(String replica, Name write, int peers) {
    int number = truth.number(write, replica);
    long holders =
        directories.values().stream().filter(other -> other.durable().get(number)).count();
    boolean forgotten = lostOnce.get(number) || given.get(number);
    if (holders - 1 < peers && !forgotten) {
      throw new Verdict(
          "acks",
          replica + " says that " + peers + " peers have " + write + ", " + holders + " do");
    }
  }

  /** A client was shown keys; null for a key without any version. */
  public void read(String session, Map<String, Name> versions) {
    sessions.read(session, versions);
  }

  /**
   * A node shows a key and says what its client has seen with it: no later version of the key may
   * be part of that.
   *
   * @param version null if it never had one
   * @param seen for each origin how many of its writes
   */
  public void saysSeen(String key, Name version, Map<String, Long> seen) {
    BitSet covered = new BitSet();
    for (int write : truth.ofKey(key)) {
      Name name = truth.write(write).name();
      covered.set(write, seen.getOrDefault(name.origin(), 0L) >= name.sequence());
    }
    int expected = truth.winner(key, covered);
    boolean later = expected >= 0 && version == null;
    if (later || (expected >= 0 && truth.wins(expected, truth.number(version, "an answer")))) {
      throw new Verdict(
          "context",
          "an answer shows " + version + " of " + key + ", its context covers " + nameOf(expected));
    }
  }

  /** The node showed several keys of one instant, now. */
  public void snapshot(String replica, Map<String, Name> versions) {
    BitSet visible = directory(replica).visible();
    versions.forEach(
        (key, version) -> {
          int expected = truth.winner(key, visible);
          Name name = expected < 0 ? null : truth.write(expected).name();
          if (name == null ? version != null : !name.equals(version)) {
            throw new Verdict(
                "snapshot", replica + " shows " + version + " of " + key + ", it holds " + name);
          }
        });
  }

  /** The directory is gone for good. */
  public void lost(String replica) {
    cut(replica, 0);
    directories.remove(replica);
  }

  /** Only the first writes of the directory survived a loss of power. */
  public void cut(String replica, int keep) {
    Directory directory = directory(replica);
    BitSet gone = (BitSet) directory.durable().clone();
    directory.unseen().stream()
        .map(n -> truth.write(n).name())
        .filter(name -> name.origin().equals(replica))
        .forEach(truth::forget);
    directory.cut(keep, truth);
    gone.andNot(directory.durable());
    given.or(gone);
    directories.values().forEach(other -> gone.andNot(other.durable()));
    lostOnce.or(gone);
  }

  /**
   * All faults are gone and the nodes have settled: all hold the same, and every acknowledged write
   * that some directory held throughout.
   */
  public void settled(Set<String> live) {
    BitSet all = directory(live.iterator().next()).durable();
    for (String replica : live) {
      checkSame(replica, all);
    }
    for (Map.Entry<Integer, String> write : acknowledged.entrySet()) {
      if (!all.get(write.getKey()) && !lostOnce.get(write.getKey())) {
        throw new Verdict(
            "acknowledged-lost",
            truth.write(write.getKey()).name() + " of " + write.getValue() + " is lost");
      }
    }
  }

  private void checkSame(String replica, BitSet all) {
    BitSet difference = (BitSet) directory(replica).durable().clone();
    difference.xor(all);
    if (!difference.isEmpty()) {
      throw new Verdict("convergence", replica + " and the others differ in " + nameOf(difference));
    }
  }

  /**
   * What a key is at a settled node.
   *
   * @param versions the visible version first, then those that lost
   */
  public void holds(String replica, String key, List<Name> versions) {
    BitSet durable = directory(replica).durable();
    BitSet expected = truth.siblings(key, durable);
    BitSet said = new BitSet();
    versions.forEach(version -> said.set(truth.number(version, replica)));
    int winner = truth.winner(key, durable);
    boolean right = !versions.isEmpty() && truth.number(versions.get(0), replica) == winner;
    if (!expected.equals(said) || !right) {
      throw new Verdict(
          "key-state",
          "%s holds %s of %s, expected are %s, first %s"
              .formatted(replica, versions, key, namesOf(expected), nameOf(winner)));
    }
  }

  /** The keys that a directory has writes of. */
  public Set<String> keys(String replica) {
    Set<String> keys = new HashSet<>();
    BitSet durable = directory(replica).durable();
    for (String key : truth.keys()) {
      if (truth.ofKey(key).stream().anyMatch(durable::get)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Whether the write waits in vain, because a cause of it is lost for good. */
  public boolean waitsForever(Name write) {
    return truth.isMade(write)
        && truth.past(truth.number(write, "the check")).stream().anyMatch(this::isNowhere);
  }

  /** Whether no directory holds the write any more. */
  public boolean isLost(Name write) {
    return !truth.isMade(write) || isNowhere(truth.number(write, "the check"));
  }

  private boolean isNowhere(int number) {
    return directories.values().stream().noneMatch(other -> other.durable().get(number));
  }

  /** Whether some write was ever lost with the last directory that held it. */
  public boolean hasLost() {
    return !lostOnce.isEmpty();
  }

  private Directory directory(String replica) {
    return directories.computeIfAbsent(replica, Directory::new);
  }

  private String orNothing(int number) {
    return number < 0 ? "nothing" : nameOf(number);
  }

  private String nameOf(BitSet numbers) {
    return nameOf(numbers.nextSetBit(0));
  }

  private String nameOf(int number) {
    return number < 0 ? "nothing" : truth.write(number).name().toString();
  }

  private List<String> namesOf(BitSet numbers) {
    return numbers.stream().mapToObj(this::nameOf).toList();
  }
}
