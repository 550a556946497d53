package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.Receipt;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pulls what an origin did not deliver in time from any member that has it.
 *
 * <p>Anti-entropy as in Demers et al., "Epidemic Algorithms for Replicated Database Maintenance"
 * (1987), driven by the vectors of the digests. An earlier generation of this node's own name is an
 * origin like any other.
 *
 * <p>Owner: the replication loop. Bounds: one pull under way for each origin, {@link #MAX_PULLS} in
 * all.
 */
final class GapRepair {

  static final int MAX_PULLS = 8;

  private final Replica self;
  private final Peers peers;
  private final Membership membership;
  private final ReplicationSettings settings;
  private final Outbox outbox;
  private final Map<Replica, Gap> gaps = new TreeMap<>();
  private VersionVector othersReceived = VersionVector.EMPTY;

  GapRepair(
      Replica self,
      Peers peers,
      Membership membership,
      ReplicationSettings settings,
      Outbox outbox) {
    this.self = self;
    this.peers = peers;
    this.membership = membership;
    this.settings = settings;
    this.outbox = outbox;
  }

  /** A pulled batch arrived, after which this is received. */
  void arrived(Replica source, VersionVector received, long nowMillis) {
    for (Gap gap : gaps.values()) {
      gap.received(received.get(gap.origin()), nowMillis);
      gap.arrived(source);
    }
  }

  /** Pulls what is due now. */
  void look(Receipt here, long nowMillis) {
    if (gaps.isEmpty() && here.behindGaps().isEmpty() && isComplete(here.received())) {
      othersReceived = here.received().without(self);
      return;
    }
    Map<Replica, Long> known = known(here);
    note(known, here.received(), nowMillis);
    for (Gap gap : longestNotAsked()) {
      boolean originIsLive = peers.isLive(gap.origin(), nowMillis);
      if (pullsUnderWay() < MAX_PULLS && gap.isDue(originIsLive, nowMillis)) {
        pull(gap, known, here.behindGaps(), nowMillis);
      }
    }
  }

  /** Whether nobody is known to have more. */
  private boolean isComplete(VersionVector received) {
    for (Peer peer : peers.all()) {
      if (!received.covers(peer.applied())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Of each origin the last write that somebody has. Of generations that have ended the vectors of
   * others do not tell; their table does.
   */
  private Map<Replica, Long> known(Receipt here) {
    Map<Replica, Long> known = new TreeMap<>();
    VersionVector there = peers.applied();
    there.join(here.behindGaps()).forEach(last -> known.put(last.replica(), last.sequence()));
    Endings ended = membership.known().ended();
    for (Dot base : there.bases()) {
      String name = base.replica().name();
      long first = Math.max(1, here.received().base(name));
      for (Dot last : ended.table(name, first, base.sequence())) {
        known.put(last.replica(), last.sequence());
      }
    }
    known.remove(self);
    return known;
  }

  private long pullsUnderWay() {
    return gaps.values().stream().filter(Gap::isUnderWay).count();
  }

  /**
   * Each gap has its turn: a full buffer may refuse what is asked for first until what is asked for
   * last has come.
   */
  private List<Gap> longestNotAsked() {
    return gaps.values().stream().sorted(Comparator.comparingLong(Gap::askedMillis)).toList();
  }

  /** Brings the gaps up to date: new ones, filled ones, those with progress. */
  private void note(Map<Replica, Long> known, VersionVector received, long nowMillis) {
    gaps.keySet().removeIf(origin -> received.get(origin) >= known.getOrDefault(origin, 0L));
    known.forEach(
        (origin, last) -> {
          long have = received.get(origin);
          if (have < last) {
            gaps.computeIfAbsent(origin, o -> new Gap(o, have, settings, nowMillis));
          }
        });
    encourage(received.without(self));
    for (Gap gap : gaps.values()) {
      gap.received(received.get(gap.origin()), nowMillis);
      gap.expire(peers, nowMillis);
    }
  }

  /** A full buffer drains as something arrives: whatever it refused is due again. */
  private void encourage(VersionVector received) {
    if (!received.equals(othersReceived)) {
      othersReceived = received;
      gaps.values().forEach(Gap::encourage);
    }
  }

  private void pull(Gap gap, Map<Replica, Long> known, VersionVector behind, long nowMillis) {
    Replica origin = gap.origin();
    long behindGap = behind.get(origin);
    long end = behindGap > gap.have() ? behindGap - 1 : known.get(origin);
    Optional<Peer> source = choose(gap, nowMillis);
    if (end <= gap.have() || source.isEmpty()) {
      return;
    }
    long to = Math.min(end, source.get().applied().get(origin));
    Pull pull = new Pull(self, origin, gap.have() + 1, to, settings.pullBytes());
    gap.pulls(source.get(), pull, nowMillis);
    outbox.send(source.get().name(), pull);
  }

  /** Whoever failed least; among equals the origin, which did not deliver, comes last. */
  private Optional<Peer> choose(Gap gap, long nowMillis) {
    Comparator<Peer> byFailures = Comparator.comparingInt(gap::failuresOf);
    return peers.live(nowMillis).stream()
        .filter(peer -> peer.supplies(gap.origin(), gap.have()))
        .min(byFailures.thenComparing(peer -> peer.replica().equals(gap.origin())));
  }

  /**
   * The peers with writes that are missing here and in nobody's log any more; empty while every
   * missing write may still come one by one. A gap is given the time after which it is pulled.
   */
  List<Peer> onlyBySnapshot(long nowMillis) {
    List<Peer> live = peers.live(nowMillis);
    return gaps.values().stream()
        .filter(gap -> gap.isOverdue(nowMillis) && !isInALog(gap, live))
        .flatMap(gap -> live.stream().filter(peer -> hasOnlyStates(peer, gap)))
        .distinct()
        .toList();
  }

  private static boolean isInALog(Gap gap, List<Peer> live) {
    return live.stream().anyMatch(peer -> peer.supplies(gap.origin(), gap.have()));
  }

  private static boolean hasOnlyStates(Peer peer, Gap gap) {
    return peer.suppliesBySnapshotOnly(gap.origin(), gap.have());
  }
}
