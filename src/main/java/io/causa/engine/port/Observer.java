package io.causa.engine.port;

import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.replication.Action;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;

/**
 * Is told what happens in an engine, where it happens: on the loop, before anything follows from
 * it. An observer changes nothing and takes no time.
 *
 * <p>The checkers of the simulation and the trace of a live node see the engine through this port.
 */
public interface Observer {

  /** Looks at nothing. */
  Observer NONE = new Observer() {};

  /** A single key is about to change, on the store's loop; readers may look now. */
  default void beforeChange() {}

  /** A commit is durable and visible, on the store's loop; nobody was told yet. */
  default void applied(Commit commit) {}

  /** The snapshot of a peer is durable and visible, on the store's loop; nobody was told yet. */
  default void installed(Commit snapshot) {}

  /** The store answers a request, on its loop. */
  default void answered(Answer answer) {}

  /** A client gave a held write up, on the store's loop. */
  default void cancelled(long ticket) {}

  /** A batch arrived that may be taken in, on the delivery loop. */
  default void received(WriteBatch batch) {}

  /** The causal buffer has worked on what arrived in one turn, on the delivery loop. */
  default void buffered() {}

  /**
   * A message is dropped before anything follows from it.
   *
   * @param reason such as "forged", for people
   */
  default void dropped(PeerMessage message, String reason) {}

  /** The replication loop does this now. */
  default void acts(Action action) {}

  /**
   * Every live peer has applied own writes, on the replication loop.
   *
   * @param sequence up to which
   */
  default void pushed(long sequence) {}
}
