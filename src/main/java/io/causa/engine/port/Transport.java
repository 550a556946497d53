package io.causa.engine.port;

import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The way to the peers and back. Messages are one-way and best effort: each may be lost, repeated,
 * delayed or overtaken, and the sender is not told.
 *
 * <p>Stages complete on any thread.
 */
public interface Transport {

  /**
   * Sends a message to the node with that name, if there is one. Never blocks, never fails.
   *
   * @param version in which version of messages it goes
   */
  void send(String peer, PeerMessage message, int version);

  /**
   * Sends a message to every node of the cluster, possibly the sender too.
   *
   * @param version in which version of messages it goes
   */
  void broadcast(PeerMessage.Presence presence, int version);

  /** Asks the cluster by which channels it knows this node. */
  CompletionStage<Set<Channel>> registered();

  /**
   * Registers every address with the cluster again, as after a split that may have lost them.
   *
   * @return completes when every node can send to here again
   */
  CompletionStage<Void> renew();

  /**
   * Leaves the cluster and joins it again, beneath everything that is registered. Messages that are
   * sent meanwhile are lost.
   *
   * @return completes when every node can send to here again
   */
  CompletionStage<Void> rejoin();

  /** Sets who is told, on any thread, that a message could not be sent to the node of that name. */
  void onUnsent(Consumer<String> consumer);

  /**
   * Receives the batches of writes for this node. To be called on the loop that is to receive.
   *
   * @return completes when every node can send to here
   */
  CompletionStage<Void> onWrites(Consumer<PeerMessage.WriteBatch> consumer);

  /**
   * Receives all other messages for this node with the channel on which they came. To be called on
   * the loop that is to receive.
   *
   * @return completes when every node can send to here
   */
  CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer);
}
