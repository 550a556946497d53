package io.causa.simulation.check;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Judges what nodes make durable, show and feed: in causal order, without gaps, nothing twice. */
public class DiskObserver {

  private final Evidence evidence;

  DiskObserver(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * A process opened the directory and found so much in it.
   *
   * @param found for each origin how many of its writes
   */
  public void opened(String replica, Map<String, Long> found) {
    Directory directory = evidence.directory(replica);
    directory.opened();
    if (!directory.counts().equals(found)) {
      throw new Verdict(
          "recovery", replica + " found " + found + " where it left " + directory.counts());
    }
  }

  /** One commit is durable in the directory, its writes in this order. */
  public void durable(String replica, List<Fact> writes) {
    Directory directory = evidence.directory(replica);
    for (Fact fact : writes) {
      boolean own = fact.name().origin().equals(replica);
      int number =
          own
              ? evidence.truth().make(fact, directory.durable())
              : evidence.truth().find(fact, replica);
      checkCauses(directory, number);
      directory.append(number, fact.name());
    }
  }

  /**
   * A peer's snapshot is durable in the directory: all writes up to there came at once.
   *
   * @param after for each origin how many of its writes are in the directory now
   */
  public void installed(String replica, Map<String, Long> after) {
    Directory directory = evidence.directory(replica);
    BitSet all = (BitSet) directory.durable().clone();
    Map<String, Long> before = Map.copyOf(directory.counts());
    after.forEach((origin, count) -> add(all, origin, before.getOrDefault(origin, 0L), count));
    BitSet added = (BitSet) all.clone();
    added.andNot(directory.durable());
    added.stream().forEach(number -> checkBrought(directory, number, all));
    added.stream()
        .forEach(number -> directory.append(number, evidence.truth().write(number).name()));
    if (!directory.counts().equals(after)) {
      throw new Verdict(
          "snapshot-forgets",
          replica + " had " + before + ", and says that with a snapshot it has " + after);
    }
  }

  private void add(BitSet all, String origin, long from, long to) {
    for (long sequence = from + 1; sequence <= to; sequence++) {
      all.set(evidence.truth().number(new Name(origin, sequence), "a snapshot"));
    }
  }

  private void checkBrought(Directory directory, int number, BitSet all) {
    Name name = evidence.truth().write(number).name();
    BitSet missing = (BitSet) evidence.truth().past(number).clone();
    missing.andNot(all);
    evidence.removeGivenUp(missing);
    if (!missing.isEmpty()) {
      throw new Verdict(
          "causal-delivery",
          "a snapshot brings %s to %s without its cause %s"
              .formatted(name, directory.replica(), evidence.nameOf(missing)));
    }
  }

  private void checkCauses(Directory directory, int number) {
    Name name = evidence.truth().write(number).name();
    if (directory.durable().get(number)) {
      throw new Verdict("applied-once", directory.replica() + " applies " + name + " again");
    }
    BitSet missing = (BitSet) evidence.truth().past(number).clone();
    missing.andNot(directory.durable());
    evidence.removeGivenUp(missing);
    if (!missing.isEmpty()) {
      throw new Verdict(
          "causal-delivery",
          directory.replica()
              + " applies "
              + name
              + " before its cause "
              + evidence.nameOf(missing));
    }
  }

  /** The node made a commit visible, its writes in this order. */
  public void visible(String replica, List<Name> writes) {
    Directory directory = evidence.directory(replica);
    for (Name name : writes) {
      int next = directory.showNext();
      if (next < 0 || !evidence.truth().write(next).name().equals(name)) {
        throw new Verdict(
            "visible-order",
            replica
                + " shows "
                + name
                + " where "
                + evidence.nameOf(next)
                + " is the next durable write");
      }
      directory.shown(name);
    }
  }

  /** The node made a snapshot visible: all that is durable, at one instant. */
  public void visible(String replica, Map<String, Long> after) {
    Directory directory = evidence.directory(replica);
    for (int next = directory.showNext(); next >= 0; next = directory.showNext()) {
      directory.shown(evidence.truth().write(next).name());
    }
    if (!directory.counts().equals(after)) {
      throw new Verdict(
          "visible-order", replica + " shows a snapshot up to " + after + ", not yet durable");
    }
  }

  /** The feed of the node went on behind a snapshot: subscribers see a gap up to there. */
  public void skipped(String replica, Map<String, Long> after) {
    Directory directory = evidence.directory(replica);
    while (!directory.fedCounts().equals(after)) {
      int next = directory.feedNext();
      if (next < 0) {
        throw new Verdict(
            "feed-position",
            replica + " feeds on behind " + after + ", it is at " + directory.fedCounts());
      }
      directory.fed(evidence.truth().write(next).name());
    }
  }

  /**
   * The node fed one applied write to its subscribers.
   *
   * @param before the position before it, by origin
   * @param after the position after it
   */
  public void fed(String replica, Name write, Map<String, Long> before, Map<String, Long> after) {
    Directory directory = evidence.directory(replica);
    int next = directory.feedNext();
    if (next < 0 || !evidence.truth().write(next).name().equals(write)) {
      throw new Verdict(
          "feed-order",
          replica + " feeds " + write + " where " + evidence.nameOf(next) + " is next");
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

  /** The replica says that the peer has so many of its writes. */
  public void pushed(String replica, String peer, long writes) {
    long there = evidence.directory(peer).count(replica);
    if (there < writes) {
      throw new Verdict(
          "pushed",
          "%s says that %d of its writes are at %s, which has %d"
              .formatted(replica, writes, peer, there));
    }
  }

  /** The directory is another replica's from now on. */
  public void inherited(String before, String after) {
    evidence.inherit(before, after);
  }

  /** The directory is gone for good. */
  public void lost(String replica) {
    cut(replica, Map.of());
    evidence.remove(replica);
  }

  /**
   * Only what came first survived a loss of power.
   *
   * @param kept for each origin how many of its writes
   */
  public void cut(String replica, Map<String, Long> kept) {
    Directory directory = evidence.directory(replica);
    BitSet gone = (BitSet) directory.durable().clone();
    directory.unseen().stream()
        .map(n -> evidence.truth().write(n).name())
        .filter(name -> name.origin().equals(replica))
        .filter(name -> name.sequence() > kept.getOrDefault(replica, 0L))
        .forEach(evidence.truth()::forget);
    directory.cut(kept, evidence.truth());
    gone.andNot(directory.durable());
    evidence.cut().or(gone);
    evidence.directories().forEach(other -> gone.andNot(other.durable()));
    evidence.lost().or(gone);
  }
}
