package io.causa.simulation.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Judges what nodes answer their clients, and what a client session is shown all in all. */
public class ClientObserver {

  private final Evidence evidence;
  private final Sessions sessions;
  private final Map<String, Set<Long>> heldWrites = new HashMap<>();
  private final Map<String, Set<Long>> cancelledWrites = new HashMap<>();

  ClientObserver(Evidence evidence) {
    this.evidence = evidence;
    this.sessions = new Sessions(evidence);
  }

  /** The node answers a client's write: it must be visible there. */
  public void answered(String replica, Name write) {
    if (!evidence.truth().isMade(write)
        || !evidence.directory(replica).visible().get(evidence.truth().number(write, replica))) {
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
    Directory directory = evidence.directory(replica);
    boolean reached =
        context.entrySet().stream()
            .allMatch(entry -> directory.visibleCount(entry.getKey()) >= entry.getValue());
    if (reached) {
      throw new Verdict("parked", replica + " has reached " + context + ", and let it expire");
    }
  }

  /** The node accepted a write whose context is not there, and told its client so. */
  public void held(String replica, long ticket) {
    heldWrites.computeIfAbsent(replica, none -> new TreeSet<>()).add(ticket);
  }

  /** The node applied a write that it was asked to hold, if it had to wait. */
  public void heldApplied(String replica, long ticket) {
    if (cancelledWrites.getOrDefault(replica, Set.of()).contains(ticket)) {
      throw new Verdict(
          "cancelled", replica + " applied the held write " + ticket + " after it was cancelled");
    }
    forget(replica, ticket);
  }

  /** The node gave up a held write because its context did not arrive in time. */
  public void heldExpired(String replica, long ticket) {
    forget(replica, ticket);
  }

  /** The node told a client that its held write will never be applied. */
  public void heldCancelled(String replica, long ticket) {
    forget(replica, ticket);
    cancelledWrites.computeIfAbsent(replica, none -> new TreeSet<>()).add(ticket);
  }

  private void forget(String replica, long ticket) {
    heldWrites.getOrDefault(replica, new TreeSet<>()).remove(ticket);
  }

  /** The process of the node is over: what it held is gone with it. */
  public void ended(String replica) {
    heldWrites.remove(replica);
    cancelledWrites.remove(replica);
  }

  /** The node is at rest: every write that it accepted is applied, expired or cancelled. */
  public void atRest(String replica) {
    Set<Long> left = heldWrites.getOrDefault(replica, new TreeSet<>());
    if (!left.isEmpty()) {
      throw new Verdict(
          "held", replica + " accepted the held writes " + left + ", and dropped them");
    }
  }

  /** A client got the answer to its write: from now on the write must not be lost. */
  public void acknowledged(String session, Name write) {
    sessions.wrote(session, write);
    evidence.acknowledged().put(evidence.truth().number(write, session), session);
  }

  /** The node told a client that so many peers have applied the write, too. */
  public void acknowledgedBy(String replica, Name write, int peers) {
    int number = evidence.truth().number(write, replica);
    long holders =
        evidence.directories().stream().filter(other -> other.durable().get(number)).count();
    boolean forgotten = evidence.lost().get(number) || evidence.cut().get(number);
    if (holders - 1 < peers && !forgotten) {
      throw new Verdict(
          "acks",
          replica + " says that " + peers + " peers have " + write + ", " + holders + " do");
    }
  }

  /**
   * A client was shown keys; null for a key without any version.
   *
   * @param context what it was told to have seen: for each origin how many of its writes
   */
  public void read(String session, Map<String, Name> versions, Map<String, Long> context) {
    sessions.read(session, versions, context);
  }

  /**
   * A node shows a key and says what its client has seen with it: no later version of the key may
   * be part of that.
   *
   * @param version null if it never had one
   * @param seen for each origin how many of its writes
   */
  public void saysSeen(String key, Name version, Map<String, Long> seen) {
    BitSet covered = evidence.truth().covered(key, seen);
    int expected = evidence.truth().winner(key, covered);
    if (expected >= 0 && evidence.truth().isOlder(key, version, expected)) {
      throw new Verdict(
          "context",
          "an answer shows "
              + version
              + " of "
              + key
              + ", its context covers "
              + evidence.nameOf(expected));
    }
  }

  /** The node showed several keys of one instant, now; null for one without any version. */
  public void snapshot(String replica, Map<String, Name> versions) {
    BitSet visible = evidence.directory(replica).visible();
    versions.forEach(
        (key, version) -> {
          int expected = evidence.truth().winner(key, visible);
          Name name = expected < 0 ? null : evidence.truth().write(expected).name();
          boolean forgotten =
              version == null && name != null && evidence.truth().deletes(expected, key);
          if (!forgotten && !Objects.equals(name, version)) {
            throw new Verdict(
                "snapshot", replica + " shows " + version + " of " + key + ", it holds " + name);
          }
        });
  }
}
