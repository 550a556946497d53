package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.core.Write;
import io.causa.identity.Identity;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.List;

/**
 * Sends writes from the log: this replica's own in the stream to each peer, and any in answer to a
 * pull. Own writes leave only as far as {@link Identity} lets them.
 *
 * <p>What a pull asks for and the log here does not hold is dropped: the asker tries elsewhere.
 *
 * <p>Owner: the replication loop. Bound: {@link #MAX_PULL_READS} reads of the log for pulls at a
 * time, and one for each peer. Writes are held nowhere, but read when they may be sent.
 */
final class Streams {

  static final int MAX_PULL_READS = 16;

  private final Replica self;
  private final Peers peers;
  private final int pullBytes;
  private final Identity identity;
  private final Progress progress;
  private final Outbox outbox;
  private long tickets;
  private int pullReads;

  /**
   * @param pullBytes the most that one pull is answered with
   */
  Streams(
      Replica self,
      Peers peers,
      int pullBytes,
      Identity identity,
      Progress progress,
      Outbox outbox) {
    this.self = self;
    this.peers = peers;
    this.pullBytes = pullBytes;
    this.identity = identity;
    this.progress = progress;
    this.outbox = outbox;
  }

  /** Reads on for the peer, if its window has room. */
  void fill(Peer peer) {
    long mayLeave = identity.mayLeave(progress.applied().get(self));
    peer.stream()
        .flatMap(stream -> stream.nextRead(mayLeave, this::nextTicket))
        .ifPresent(outbox::add);
  }

  void fillLive(long nowMillis) {
    peers.live(nowMillis).forEach(this::fill);
  }

  /** Time has passed: what was not acknowledged goes again. */
  void expire(long nowMillis) {
    for (Peer peer : peers.live(nowMillis)) {
      peer.stream().ifPresent(stream -> stream.expire(nowMillis));
      fill(peer);
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
    int bytes = Math.min(pull.maxBytes(), pullBytes);
    String asker = pull.sender().name();
    outbox.add(new ReadLog(nextTicket(), asker, true, origin, pull.from(), to, bytes));
  }

  /** A read of the log is complete. */
  void read(ReadLog read, List<Write> writes, long nowMillis) {
    if (read.pulled()) {
      pullReads--;
      send(read.peer(), true, writes);
    } else {
      peers.find(read.peer()).ifPresent(peer -> push(peer, read, writes, nowMillis));
    }
  }

  private void push(Peer peer, ReadLog read, List<Write> writes, long nowMillis) {
    List<Write> send =
        peer.stream().map(stream -> stream.accept(read, writes, nowMillis)).orElse(List.of());
    send(peer.name(), false, send);
    if (!peer.isSilent(nowMillis)) {
      fill(peer);
    }
  }

  private void send(String peer, boolean pulled, List<Write> writes) {
    writes.forEach(write -> identity.sending(write.dot()));
    if (!writes.isEmpty()) {
      outbox.send(peer, new WriteBatch(self, pulled, writes));
    }
  }

  private long nextTicket() {
    return ++tickets;
  }
}
