package io.causa.engine;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.engine.api.BufferView;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Observer;
import io.causa.engine.port.Transport;
import io.causa.membership.Retirement;
import io.causa.replication.Action;
import io.causa.replication.Inbox;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes the writes of peers in, and hands them to the store in causal order.
 *
 * <p>A turn takes the batches that have arrived and what the store has applied. Then the store gets
 * all that became deliverable in one piece, and replication learns once what need not come again.
 *
 * <p>Bounds: those of the causal buffer, and {@code arrivedBytes} for what has arrived and waits
 * for its turn. A batch beyond that is dropped, as on any bad link; its sender sends it again.
 */
public final class DeliveryLoop implements StoreLoop.Downstream {

  private final Inbox inbox;
  private final MessageAdmission admission;
  private final Observer observer;
  private final StoreLoop store;
  private final ReplicationLoop replication;
  private final ArrivalBudget arrivals;
  private final Turns turns;
  private final Mailbox fromNetwork;
  private final Mailbox fromStore;
  private final Mailbox fromReplication;
  private final Mailbox fromEdge;
  private final Mailbox.Slot<VersionVector> applied;
  private Set<Arrival> taken = new LinkedHashSet<>();
  private Optional<Retirement> excluded = Optional.empty();

  /** That batches of a sender were taken in, as far as the sender has to be told. */
  record Arrival(Replica sender, boolean pulled) {}

  /**
   * @param arrivals how much may wait for its turn
   */
  DeliveryLoop(
      Host host,
      Inbox inbox,
      ArrivalBudget arrivals,
      TurnLimits turn,
      MessageAdmission admission,
      StoreLoop store,
      ReplicationLoop replication,
      Observer observer) {
    this.inbox = inbox;
    this.admission = admission;
    this.observer = observer;
    this.store = store;
    this.replication = replication;
    this.arrivals = arrivals;
    this.turns = new Turns(host, LoopName.DELIVERY, turn, this::act);
    this.fromNetwork = turns.mailbox("network");
    this.fromStore = turns.mailbox("store");
    this.fromReplication = turns.mailbox("replication");
    this.fromEdge = turns.mailbox("edge");
    this.applied = fromStore.slot(inbox::applied);
  }

  /** Returns false if the loop is closed already. */
  boolean open(Loop loop) {
    return turns.open(loop);
  }

  void close() {
    turns.close();
  }

  /** Begins to hear the peers; to be called on the loop. */
  CompletionStage<Void> listen(Transport transport) {
    return transport.onWrites(this::arrived);
  }

  /** The store has applied all of this: held writes may wait for own writes among it. */
  @Override
  public void applied(VersionVector now) {
    applied.offer(now);
  }

  /** The data here is known to be the latest there is of this replica. */
  void confirmed() {
    fromReplication.offer(inbox::confirmed);
  }

  /** Generations are retired: replication is told once nothing more of them is taken in. */
  void retire(Action.Retire retire) {
    fromReplication.offer(
        () -> {
          inbox.retire(retire);
          excluded = Optional.of(retire.excluded());
        });
  }

  /**
   * Asks what the buffer holds. Any thread may ask; it is answered on the loop.
   *
   * @param list how many held writes to name
   */
  public void view(int list, Consumer<BufferView> reply) {
    fromEdge.offer(() -> reply.accept(look(list)));
  }

  /**
   * Looks at what the buffer holds, on the loop.
   *
   * @param list how many held writes to name
   */
  public BufferView look(int list) {
    CausalBuffer buffer = inbox.buffer();
    return new BufferView(
        buffer.heldWrites(), buffer.heldBytes(), buffer.blocked(list), buffer.received());
  }

  private void arrived(WriteBatch batch) {
    long bytes = arrivals.take(batch);
    if (bytes > 0) {
      fromNetwork.offer(bytes, () -> receive(batch, bytes));
    }
  }

  private void receive(WriteBatch batch, long bytes) {
    arrivals.giveBack(bytes);
    if (admission.admits(batch, inbox::forgery)) {
      observer.received(batch);
      inbox.take(batch);
      taken.add(new Arrival(batch.sender(), batch.pulled()));
    }
  }

  private void act() {
    Inbox.Taken news = inbox.takeNews();
    observer.buffered();
    if (!news.deliverable().isEmpty()) {
      store.deliver(news.deliverable());
    }
    if (!taken.isEmpty()) {
      replication.received(news.receipt(), taken);
      taken = new LinkedHashSet<>();
    }
    excluded.ifPresent(now -> replication.excludes(now, news.receipt()));
    excluded = Optional.empty();
  }
}
