package io.causa.node.bus;

import io.causa.replication.PeerMessage;
import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * The way to the peers and back. One-way and best effort: whatever is sent may be lost, repeated,
 * delayed or overtaken, and nobody is told.
 */
public interface Transport {

  /** Sends a message to the node with that name, if there is one. Never blocks, never fails. */
  void send(String peer, PeerMessage message);

  /** Sends a message to every node of the cluster, possibly the sender too. */
  void broadcast(PeerMessage.Presence presence);

  /**
   * Receives the batches of writes for this node, on the caller's context.
   *
   * @return completes when every node can send to here
   */
  Future<Void> onWrites(Consumer<PeerMessage.WriteBatch> consumer);

  /** Receives all other messages for this node, on the caller's context. */
  Future<Void> onControl(Consumer<PeerMessage> consumer);
}
