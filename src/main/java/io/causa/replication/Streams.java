package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.Write;
import io.causa.identity.Identity;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends writes from the log: this replica's own in the stream to each peer, and any in answer to a
 * pull. Own writes leave only as far as {@link Identity} lets them.
 *
 * <p>What a pull asks for and the log here does not hold is dropped: the asker tries elsewhere.
 *
 * <p>Peers that need the same own writes share a read of the log, and get the same batch.
 *
 * <p>Owner: the replication loop. Bounds: {@link #MAX_PULL_READS} reads of the log for pulls at a
 * time, and one for each peer; {@link RecentBatches}.
 */
final class Streams {

  static final int MAX_PULL_READS = 16;

  private final Replica self;
  private final Peers peers;
  private final ReplicationSettings settings;
  private final Identity identity;
  private final Progress progress;
  private final Outbox outbox;
  private final RecentBatches recent;
  private final Map<Long, ReadLog> reads = new HashMap<>();
  private long tickets;
  private int pullReads;

  Streams(
      Replica self,
      Peers peers,
      ReplicationSettings settings,
      Identity identity,
      Progress progress,
      Outbox outbox) {
    this.self = self;
    this.peers = peers;
    this.settings = settings;
    this.identity = identity;
    this.progress = progress;
    this.outbox = outbox;
    this.recent = new RecentBatches(settings.batchBytes(), settings.windowBytes());
  }

  /** Sends on to the peer, if its window has room, what was sent to another or is in the log. */
  void fill(Peer peer, long nowMillis) {
    long mayLeave = identity.mayLeave(progress.applied().get(self));
    peer.stream().ifPresent(stream -> fill(peer.name(), stream, mayLeave, nowMillis));
  }

  private void fill(String peer, PeerStream stream, long mayLeave, long nowMillis) {
    while (stream.isDue(mayLeave)) {
      recent
          .find(stream.next(), mayLeave)
          .ifPresentOrElse(
              batch -> push(peer, stream, batch, nowMillis),
              () -> stream.await(read(peer, stream.next(), mayLeave)));
    }
  }

  /** The read under way that begins there, or a new one. */
  private ReadLog read(String peer, long from, long to) {
    return reads.computeIfAbsent(
        from,
        first -> {
          int bytes = settings.batchBytes();
          ReadLog read = new ReadLog(nextTicket(), peer, false, self, first, to, bytes);
          outbox.add(read);
          return read;
        });
  }

  void fillLive(long nowMillis) {
    peers.live(nowMillis).forEach(peer -> fill(peer, nowMillis));
  }

  /** Time has passed: what was not acknowledged goes again. */
  void expire(long nowMillis) {
    for (Peer peer : peers.live(nowMillis)) {
      peer.stream().ifPresent(stream -> stream.expire(nowMillis));
      fill(peer, nowMillis);
    }
  }

  /** A pull arrived: reads what answers it, unless too many are under way. */
  void pull(Pull pull) {
    Replica origin = pull.origin();
    long to = Math.min(pull.to(), identity.mayLeave(progress.applied()).get(origin));
    if (pull.from() < 1 || to < pull.from() || pullReads >= MAX_PULL_READS) {
      return;
    }
    pullReads++;
    int bytes = Math.min(pull.maxBytes(), settings.pullBytes());
    String asker = pull.sender().name();
    outbox.add(new ReadLog(nextTicket(), asker, true, origin, pull.from(), to, bytes));
  }

  /** A read of the log is complete. */
  void read(ReadLog read, List<Write> writes, long nowMillis) {
    if (read.pulled()) {
      pullReads--;
      if (!writes.isEmpty()) {
        send(read.peer(), new WriteBatch(self, true, writes));
      }
      return;
    }
    reads.remove(read.from(), read);
    Optional<OwnBatch> batch = batch(read, writes);
    batch.ifPresent(recent::add);
    for (Peer peer : peers.all()) {
      peer.stream()
          .filter(stream -> stream.accept(read, batch.isPresent()))
          .ifPresent(stream -> push(peer.name(), stream, batch.orElseThrow(), nowMillis));
    }
    fillLive(nowMillis);
  }

  private Optional<OwnBatch> batch(ReadLog read, List<Write> writes) {
    if (writes.isEmpty()) {
      return Optional.empty();
    }
    Dot first = new Dot(self, read.from());
    if (!writes.get(0).dot().equals(first)) {
      throw new IllegalStateException(
          "the log was read from " + first + " and returned " + writes.get(0).dot());
    }
    return Optional.of(OwnBatch.of(self, writes));
  }

  private void push(String peer, PeerStream stream, OwnBatch batch, long nowMillis) {
    stream.sent(batch, nowMillis);
    send(peer, batch.message());
  }

  /** The writes of a batch are of one origin, and the last one stands for those before it. */
  private void send(String peer, WriteBatch batch) {
    identity.sending(batch.writes().get(batch.writes().size() - 1).dot());
    outbox.send(peer, batch);
  }

  private long nextTicket() {
    return ++tickets;
  }
}
