package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.core.Write;
import io.causa.identity.Identity;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.WriteBatch;
import java.util.List;

/**
 * Sends writes from the log: this replica's own in the stream to each peer, and any in answer to a
 * pull. Own writes leave only as far as {@link Identity} lets them.
 *
 * <p>Owner: the replication loop. Writes are held nowhere, but read when they may be sent.
 */
final class Streams {

  private final Replica self;
  private final Peers peers;
  private final PullService pulls;
  private final Identity identity;
  private final Progress progress;
  private final Outbox outbox;
  private long tickets;

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
    this.pulls = new PullService(self, pullBytes);
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

  void pull(Pull heard) {
    pulls
        .read(heard, identity.mayLeave(progress.applied()), this::nextTicket)
        .ifPresent(outbox::add);
  }

  /** A read of the log is complete. */
  void read(ReadLog read, List<Write> writes, long nowMillis) {
    if (read.pulled()) {
      leaving(writes);
      pulls.answer(read, writes).ifPresent(outbox::add);
    } else {
      peers.find(read.peer()).ifPresent(peer -> push(peer, read, writes, nowMillis));
    }
  }

  private void push(Peer peer, ReadLog read, List<Write> writes, long nowMillis) {
    List<Write> send =
        peer.stream().map(stream -> stream.accept(read, writes, nowMillis)).orElse(List.of());
    leaving(send);
    if (!send.isEmpty()) {
      outbox.send(peer.name(), new WriteBatch(self, false, send));
    }
    if (!peer.isSilent(nowMillis)) {
      fill(peer);
    }
  }

  private void leaving(List<Write> writes) {
    writes.forEach(write -> identity.sending(write.dot()));
  }

  private long nextTicket() {
    return ++tickets;
  }
}
