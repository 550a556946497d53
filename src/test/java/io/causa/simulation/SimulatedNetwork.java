package io.causa.simulation;

import io.causa.replication.LinkFaultRule;
import io.causa.replication.LinkFaults;
import io.causa.replication.LinkFaults.Fate;
import io.causa.replication.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One-way messages between names. Without faults a link keeps the order; with faults it does
 * whatever {@link LinkFaults} decides. Who is not attached when a message arrives never hears it.
 */
final class SimulatedNetwork {

  private static final long LATENCY_MILLIS = 2;

  private record Held(String from, String to, PeerMessage message) {}

  private final Schedule schedule;
  private final RandomGenerator random;
  private final Map<String, Consumer<PeerMessage>> attached = new TreeMap<>();
  private final List<PeerMessage> sent = new ArrayList<>();
  private List<Held> held = new ArrayList<>();
  private LinkFaults faults = LinkFaults.NONE;

  SimulatedNetwork(Schedule schedule, RandomGenerator random) {
    this.schedule = schedule;
    this.random = random;
  }

  void attach(String name, Consumer<PeerMessage> receiver) {
    attached.put(name, receiver);
  }

  void detach(String name) {
    attached.remove(name);
  }

  /** Replaces all faults; what was held is judged anew. */
  void setFaults(List<LinkFaultRule> rules) {
    faults = new LinkFaults(rules);
    List<Held> again = held;
    held = new ArrayList<>();
    again.forEach(h -> transfer(h.from(), h.to(), h.message()));
  }

  void send(String from, String to, PeerMessage message) {
    sent.add(message);
    transfer(from, to, message);
  }

  /** Reaches the sender as well, as the event bus does. */
  void broadcast(String from, PeerMessage message) {
    List.copyOf(attached.keySet()).forEach(to -> send(from, to, message));
  }

  /** Takes what was sent since the last call, arrived or not. */
  List<PeerMessage> takeSent() {
    List<PeerMessage> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  private void transfer(String from, String to, PeerMessage message) {
    Fate fate = faults.fate(from, to, message, random);
    if (fate.held()) {
      held.add(new Held(from, to, message));
    }
    for (long delayMillis : fate.delaysMillis()) {
      schedule.after(LATENCY_MILLIS + delayMillis, () -> arrive(to, message));
    }
  }

  private void arrive(String to, PeerMessage message) {
    Consumer<PeerMessage> receiver = attached.get(to);
    if (receiver != null) {
      receiver.accept(message);
    }
  }
}
