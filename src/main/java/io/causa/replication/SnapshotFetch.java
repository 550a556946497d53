package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.ReplicaSnapshot;
import io.causa.core.SnapshotEntry;
import io.causa.replication.Action.InstallSnapshot;
import io.causa.replication.Action.Send;
import io.causa.replication.PeerMessage.SnapshotChunk;
import io.causa.replication.PeerMessage.SnapshotRefused;
import io.causa.replication.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.PeerMessage.SnapshotRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the snapshot of a peer, chunk by chunk, when what is missing here is in nobody's log.
 *
 * <p>Pulled by the receiver: one chunk is under way at a time, and what is lost is asked for again.
 * If the source falls silent, refuses or does not answer several times in a row, the transfer
 * starts anew at whoever failed least. Nothing of it is visible before it is complete.
 *
 * <p>Owner: the replication loop. Bounds: one transfer at a time; it holds all the states of the
 * source until they are installed.
 */
final class SnapshotFetch {

  /** After how many requests in a row without an answer another source is asked. */
  static final int MAX_TRIES = 5;

  private static final class Transfer {
    final Peer source;
    final long id;
    final List<SnapshotEntry> entries = new ArrayList<>();
    SnapshotChunk first;
    long next = 1;
    long bytes;
    long askedMillis;
    int tries;

    Transfer(Peer source, long id) {
      this.source = source;
      this.id = id;
    }
  }

  private final Replica self;
  private final ReplicationSettings settings;
  private final Map<String, Integer> failuresBySource = new HashMap<>();
  private long ids;
  private long pausedUntilMillis;
  private Transfer underWay;
  private boolean installing;

  /**
   * @param session larger at each start, so that no transfer has the name of an earlier one
   */
  SnapshotFetch(Replica self, long session, ReplicationSettings settings) {
    this.self = self;
    this.settings = settings;
    this.ids = session;
  }

  /**
   * What to ask for now.
   *
   * @param sources who has what can come by a snapshot only; none if that is needed no more
   */
  Optional<Action> look(List<Peer> sources, Peers peers, long nowMillis) {
    if (installing) {
      return Optional.empty();
    }
    if (underWay != null) {
      return goOn(peers, nowMillis);
    }
    if (nowMillis < pausedUntilMillis) {
      return Optional.empty();
    }
    return choose(sources).map(source -> begin(source, nowMillis));
  }

  /** A chunk arrived: the next step, if it is the one that was asked for. */
  Optional<Action> take(SnapshotChunk chunk, long nowMillis) {
    if (underWay == null || installing || !isNext(chunk)) {
      return Optional.empty();
    }
    if (underWay.first == null) {
      underWay.first = chunk;
    }
    underWay.entries.addAll(chunk.entries());
    underWay.bytes += chunk.entries().stream().mapToLong(SnapshotEntry::sizeBytes).sum();
    underWay.next++;
    underWay.tries = 0;
    return Optional.of(chunk.last() ? install() : ask(nowMillis));
  }

  /**
   * The source does not serve the transfer.
   *
   * @return whether it will when it has served others
   */
  boolean refused(SnapshotRefused refusal, long nowMillis) {
    if (underWay == null || installing || underWay.id != refusal.transfer()) {
      return false;
    }
    fail(nowMillis);
    return refusal.reason() == Reason.BUSY;
  }

  /** The snapshot is durable and visible. */
  void installed() {
    installing = false;
    underWay = null;
    failuresBySource.clear();
  }

  boolean isInstalling() {
    return installing;
  }

  /** What is under way; empty if nothing is. */
  Optional<SnapshotProgress> progress() {
    return Optional.ofNullable(underWay)
        .map(
            transfer ->
                new SnapshotProgress(
                    transfer.source.replica(),
                    transfer.entries.size(),
                    transfer.bytes,
                    installing));
  }

  private boolean isNext(SnapshotChunk chunk) {
    return chunk.sender().equals(underWay.source.replica())
        && chunk.transfer() == underWay.id
        && chunk.number() == underWay.next
        && (underWay.first == null || chunk.instant().equals(underWay.first.instant()));
  }

  private Action begin(Peer source, long nowMillis) {
    underWay = new Transfer(source, ++ids);
    return ask(nowMillis);
  }

  private Action ask(long nowMillis) {
    underWay.askedMillis = nowMillis;
    underWay.tries++;
    int maxBytes = settings.pullBytes();
    return new Send(
        underWay.source.name(), new SnapshotRequest(self, underWay.id, underWay.next, maxBytes));
  }

  private Action install() {
    installing = true;
    SnapshotChunk first = underWay.first;
    return new InstallSnapshot(
        first.sender(), new ReplicaSnapshot(first.instant(), underWay.entries));
  }

  private Optional<Action> goOn(Peers peers, long nowMillis) {
    if (nowMillis - underWay.askedMillis < settings.pullTimeoutMillis()) {
      return Optional.empty();
    }
    if (underWay.tries >= MAX_TRIES || !peers.isLive(underWay.source.replica(), nowMillis)) {
      fail(nowMillis);
      return Optional.empty();
    }
    return Optional.of(ask(nowMillis));
  }

  /** The next transfer begins with a pause, or two who are busy would be asked all the time. */
  private void fail(long nowMillis) {
    failuresBySource.merge(underWay.source.name(), 1, Integer::sum);
    pausedUntilMillis = nowMillis + settings.pullTimeoutMillis();
    underWay = null;
  }

  /** Whoever failed least; among equals whoever has most. */
  private Optional<Peer> choose(List<Peer> sources) {
    Comparator<Peer> byFailures =
        Comparator.comparingInt(peer -> failuresBySource.getOrDefault(peer.name(), 0));
    return sources.stream()
        .min(byFailures.thenComparing(peer -> writes(peer.applied()), Comparator.reverseOrder()));
  }

  private static long writes(VersionVector applied) {
    return VersionVector.EMPTY.countMissing(applied);
  }
}
