package io.causa.engine.port;

import io.causa.core.Write;
import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.link.LinkFaults;
import io.causa.replication.link.LinkFaults.Fate;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts link faults between a node and its way to the peers; without rules it only passes on. A node
 * has it if it was told so ({@code --faults}).
 *
 * <p>Any thread. Bound: no more than {@code heldBytes} are held or delayed; what comes beyond that
 * is lost, as on any bad link. Presences that are broadcast pass: they carry no data and cannot be
 * cut on one link.
 */
public final class FaultyTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(FaultyTransport.class);
  private static final int CONTROL_BYTES = 256;

  private record Held(String peer, PeerMessage message, int version) {}

  private final Transport network;
  private final String self;
  private final long limitBytes;
  private final Loop clock;
  private final RandomGenerator random;
  private final Queue<Held> held = new ArrayDeque<>();
  private long keptBytes;
  private LinkFaults faults = LinkFaults.NONE;

  /**
   * @param network what really sends
   * @param self the name of the sending node
   * @param limitBytes how many bytes may be held or delayed
   * @param clock on which delayed messages are sent
   * @param random draws the faults
   */
  public FaultyTransport(
      Transport network, String self, long limitBytes, Loop clock, RandomGenerator random) {
    this.network = network;
    this.self = self;
    this.limitBytes = limitBytes;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the rules in force. */
  public synchronized List<LinkFaultRule> rules() {
    return faults.rules();
  }

  /** Replaces all rules. What was held is judged again, in its order. */
  public synchronized void setRules(List<LinkFaultRule> rules) {
    LOG.warn("link faults: {}", rules.isEmpty() ? "none" : rules);
    faults = new LinkFaults(rules);
    List<Held> again = List.copyOf(held);
    held.clear();
    for (Held message : again) {
      keptBytes -= sizeBytes(message.message());
      send(message.peer(), message.message(), message.version());
    }
  }

  @Override
  public synchronized void send(String peer, PeerMessage message, int version) {
    Fate fate = faults.fate(self, peer, message, random);
    if (fate.held() && keep(message)) {
      held.add(new Held(peer, message, version));
    }
    for (long delayMillis : fate.delaysMillis()) {
      sendLater(new Held(peer, message, version), delayMillis);
    }
  }

  private void sendLater(Held late, long delayMillis) {
    if (delayMillis == 0) {
      network.send(late.peer(), late.message(), late.version());
    } else if (keep(late.message())) {
      clock.after(delayMillis, () -> sendNow(late));
    }
  }

  private synchronized void sendNow(Held late) {
    keptBytes -= sizeBytes(late.message());
    network.send(late.peer(), late.message(), late.version());
  }

  private boolean keep(PeerMessage message) {
    boolean room = keptBytes + sizeBytes(message) <= limitBytes;
    keptBytes += room ? sizeBytes(message) : 0;
    return room;
  }

  private static long sizeBytes(PeerMessage message) {
    return message instanceof WriteBatch batch
        ? batch.writes().stream().mapToLong(Write::sizeBytes).sum()
        : CONTROL_BYTES;
  }

  @Override
  public void broadcast(PeerMessage.Presence presence, int version) {
    network.broadcast(presence, version);
  }

  @Override
  public CompletionStage<Set<Channel>> registered() {
    return network.registered();
  }

  @Override
  public CompletionStage<Void> renew() {
    return network.renew();
  }

  @Override
  public CompletionStage<Void> rejoin() {
    return network.rejoin();
  }

  @Override
  public void onUnsent(Consumer<String> consumer) {
    network.onUnsent(consumer);
  }

  @Override
  public CompletionStage<Void> onWrites(Consumer<WriteBatch> consumer) {
    return network.onWrites(consumer);
  }

  @Override
  public CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
    return network.onControl(consumer);
  }
}
