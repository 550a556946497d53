package io.causa.node.bus;

import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.BiConsumer;
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

  /** By which channels the cluster knows this node. */
  Future<Set<Channel>> registered();

  /**
   * Registers everything anew with the cluster, as after a split that may have lost it.
   *
   * @return completes when every node can send to here again
   */
  Future<Void> renew();

  /**
   * Leaves the cluster and joins it again, beneath everything that is registered. Whatever is sent
   * meanwhile is lost.
   *
   * @return completes when every node can send to here again
   */
  Future<Void> rejoin();

  /**
   * Says which node a message could not be sent to, on the caller's context; most losses are never
   * noticed.
   */
  void onUnsent(Consumer<String> consumer);

  /**
   * Receives the batches of writes for this node, on the caller's context.
   *
   * @return completes when every node can send to here
   */
  Future<Void> onWrites(Consumer<PeerMessage.WriteBatch> consumer);

  /** Receives all other messages for this node with the way they came, on the caller's context. */
  Future<Void> onControl(BiConsumer<Channel, PeerMessage> consumer);
}
