package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.replication.Action.InstallSnapshot;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.view.SnapshotProgress;
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
 * <p>Owner: the replication loop. Bounds: one transfer at a time; what it holds until it is
 * installed is bounded by {@link SnapshotRoom}. A transfer that needs more is given up, and tried
 * again ever more rarely: there may be room by then.
 */
final class SnapshotFetch {

  /** After how many requests in a row without an answer another source is asked. */
  static final int MAX_TRIES = 5;

  /** The pauses after a transfer for which there was no room. */
  static final long LEAST_NO_ROOM_MILLIS = 5_000;

  static final long MOST_NO_ROOM_MILLIS = 120_000;

  private static final class Transfer {
    final Peer source;
    final long id;
    final List<SnapshotEntry> entries = new ArrayList<>();
    SnapshotChunk first;
    long next = 1;
    long bytes;
    long heldBytes;
    long askedMillis;
    int tries;

    Transfer(Peer source, long id) {
      this.source = source;
      this.id = id;
    }
  }

  private final Replica self;
  private final ReplicationSettings settings;
  private final SnapshotRoom room;
  private final Outbox outbox;
  private final Map<String, Integer> failuresBySource = new HashMap<>();
  private long ids;
  private long pausedUntilMillis;
  private Transfer underWay;
  private boolean installing;
  private long noRoomMillis = LEAST_NO_ROOM_MILLIS;
  private String noRoom = "";

  /**
   * @param session larger at each start, so that no transfer has the name of an earlier one
   * @param room how much may be held
   */
  SnapshotFetch(
      Replica self, long session, ReplicationSettings settings, SnapshotRoom room, Outbox outbox) {
    this.self = self;
    this.settings = settings;
    this.room = room;
    this.outbox = outbox;
    this.ids = session;
  }

  /**
   * Asks for what is due now.
   *
   * @param sources who has what can come by a snapshot only; none if that is needed no more
   */
  void look(List<Peer> sources, Peers peers, long nowMillis) {
    if (installing) {
      return;
    }
    if (underWay != null) {
      goOn(peers, nowMillis);
      return;
    }
    if (sources.isEmpty()) {
      forgetNoRoom();
    }
    if (nowMillis >= pausedUntilMillis) {
      choose(sources).ifPresent(source -> begin(source, nowMillis));
    }
  }

  /**
   * A chunk arrived: takes the next step, if it is the one that was asked for.
   *
   * @return whether the transfer goes on
   */
  boolean take(SnapshotChunk chunk, long nowMillis) {
    if (underWay == null || installing || !isNext(chunk)) {
      return false;
    }
    if (underWay.first == null) {
      underWay.first = chunk;
    }
    chunk.entries().forEach(this::hold);
    if (!room.fits(underWay.heldBytes)) {
      noRoom(room.describe(), nowMillis);
      return false;
    }
    underWay.bytes += chunk.entries().stream().mapToLong(SnapshotEntry::sizeBytes).sum();
    underWay.next++;
    underWay.tries = 0;
    if (chunk.last()) {
      install();
    } else {
      ask(nowMillis);
    }
    return true;
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

  /** The snapshot is complete, and the data would be larger with it than it may be. */
  void doesNotFit(long nowMillis) {
    installing = false;
    noRoom(room.describeJoined(), nowMillis);
  }

  /** Why there is no room for the snapshot that is needed, for people; empty if there is. */
  String noRoom() {
    return noRoom;
  }

  private void hold(SnapshotEntry entry) {
    SnapshotEntry shared = room.share(entry);
    underWay.heldBytes += SnapshotRoom.bytes(entry, shared);
    underWay.entries.add(shared);
  }

  private void noRoom(String why, long nowMillis) {
    noRoom =
        "the snapshot of %s does not fit: %d keys of it need %d bytes beside the data, %s"
            .formatted(underWay.source.replica(), underWay.entries.size(), underWay.heldBytes, why);
    fail(nowMillis);
    pausedUntilMillis = nowMillis + noRoomMillis;
    noRoomMillis = Math.min(2 * noRoomMillis, MOST_NO_ROOM_MILLIS);
  }

  /** What there was no room for is not needed any more; the next snapshot need not wait for it. */
  private void forgetNoRoom() {
    if (!noRoom.isEmpty()) {
      noRoom = "";
      noRoomMillis = LEAST_NO_ROOM_MILLIS;
      pausedUntilMillis = 0;
    }
  }

  /** The snapshot is durable and visible. */
  void installed() {
    forgetNoRoom();
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

  private void begin(Peer source, long nowMillis) {
    underWay = new Transfer(source, ++ids);
    ask(nowMillis);
  }

  private void ask(long nowMillis) {
    underWay.askedMillis = nowMillis;
    underWay.tries++;
    int maxBytes = settings.pullBytes();
    outbox.send(
        underWay.source.name(), new SnapshotRequest(self, underWay.id, underWay.next, maxBytes));
  }

  private void install() {
    installing = true;
    SnapshotChunk first = underWay.first;
    outbox.add(
        new InstallSnapshot(
            first.sender(), new ReplicaSnapshot(first.instant(), underWay.entries)));
  }

  private void goOn(Peers peers, long nowMillis) {
    if (nowMillis - underWay.askedMillis < settings.pullTimeoutMillis()) {
      return;
    }
    if (underWay.tries >= MAX_TRIES || !peers.isLive(underWay.source.replica(), nowMillis)) {
      fail(nowMillis);
    } else {
      ask(nowMillis);
    }
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
