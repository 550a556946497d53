package io.causa.simulation;

import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.link.LinkFaults;
import io.causa.replication.link.LinkFaults.Fate;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.simulation.check.Verdict;
import io.causa.wire.PeerCodec;
import io.causa.wire.PeerCodec.Decoded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One-way messages between names. Without faults a link keeps the order; with faults it does
 * whatever {@link LinkFaults} decides. Who is not attached when a message arrives never hears it.
 * Every message travels as bytes.
 */
final class SimulatedNetwork {

  private static final long LATENCY_MILLIS = 2;

  private record Held(String from, String to, Channel channel, PeerMessage message, int version) {}

  private final Schedule schedule;
  private final Dice dice;
  private final Tally tally;
  private final Map<String, List<BiConsumer<Channel, PeerMessage>>> attached = new TreeMap<>();
  private final Map<String, Set<Channel>> deaf = new TreeMap<>();
  private final List<PeerMessage> sent = new ArrayList<>();
  private final EarlierVersions earlier;
  private List<Held> held = new ArrayList<>();
  private LinkFaults faults = LinkFaults.NONE;
  private boolean recording;
  private double damage;

  SimulatedNetwork(Schedule schedule, Dice dice, Tally tally) {
    this.schedule = schedule;
    this.dice = dice;
    this.tally = tally;
    this.earlier = new EarlierVersions(tally);
  }

  /** The nodes of these names run the version before until they start again. */
  void runEarlier(List<String> names) {
    earlier.runs(names);
  }

  /**
   * A node starts: it registers for all channels. Two nodes may have one name: then each message to
   * it reaches one of them.
   */
  void attach(String name, BiConsumer<Channel, PeerMessage> receiver) {
    registerAnew(name);
    earlier.starts(name);
    attached.computeIfAbsent(name, first -> new ArrayList<>()).add(receiver);
  }

  void detach(String name, BiConsumer<Channel, PeerMessage> receiver) {
    attached.getOrDefault(name, new ArrayList<>()).remove(receiver);
  }

  /** The node's registrations for these are lost until it registers anew. */
  void deafen(String name, Set<Channel> channels) {
    deaf.put(name, EnumSet.copyOf(channels));
  }

  void registerAnew(String name) {
    deaf.remove(name);
  }

  /** With this probability a bit of a message is flipped on its way, whatever it says. */
  void damage(double probability) {
    damage = probability;
  }

  /** Replaces all faults; what was held is judged anew. */
  void setFaults(List<LinkFaultRule> rules) {
    faults = new LinkFaults(rules);
    List<Held> again = held;
    held = new ArrayList<>();
    again.forEach(h -> transfer(h.from(), h.to(), h.channel(), h.message(), h.version()));
  }

  /** Whether some link is cut or held. */
  boolean isDisturbed() {
    return faults.rules().stream().anyMatch(rule -> rule.hold() || rule.drop() == 1);
  }

  void send(String from, String to, PeerMessage message, int version) {
    Channel channel = message instanceof WriteBatch ? Channel.WRITES : Channel.CONTROL;
    send(from, to, channel, message, version);
  }

  private void send(String from, String to, Channel channel, PeerMessage message, int version) {
    if (recording) {
      sent.add(message);
    }
    transfer(from, to, channel, message, version);
  }

  /** What the node is registered for. */
  Set<Channel> registered(String name) {
    Set<Channel> channels = EnumSet.allOf(Channel.class);
    channels.removeAll(deaf.getOrDefault(name, Set.of()));
    return channels;
  }

  /** Reaches the sender as well, as the event bus does. */
  void broadcast(String from, PeerMessage message, int version) {
    byte[] bytes = earlier.encode(from, message, version);
    for (String to : List.copyOf(attached.keySet())) {
      if (to.equals(from)) {
        schedule.after(0, () -> arriveAtAll(to, Channel.PRESENCE, bytes));
      } else {
        send(from, to, Channel.PRESENCE, message, version);
      }
    }
  }

  /** Takes what was sent since the last call, arrived or not; the first call begins the record. */
  List<PeerMessage> takeSent() {
    recording = true;
    List<PeerMessage> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  private void transfer(String from, String to, Channel channel, PeerMessage message, int version) {
    Fate fate = faults.fate(from, to, message, dice.generator());
    if (fate.held()) {
      held.add(new Held(from, to, channel, message, version));
    }
    tally(fate);
    byte[] bytes = earlier.encode(from, message, version);
    for (long delayMillis : fate.delaysMillis()) {
      long takesMillis = LATENCY_MILLIS + delayMillis;
      if (damage > 0 && dice.chance(damage)) {
        byte[] damaged = flipABit(bytes.clone());
        schedule.after(takesMillis, () -> arriveDamaged(to, channel, damaged));
      } else {
        schedule.after(takesMillis, () -> arrive(to, channel, bytes));
      }
    }
  }

  private byte[] flipABit(byte[] bytes) {
    bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(Byte.SIZE));
    return bytes;
  }

  private void tally(Fate fate) {
    tally.count("messages sent");
    if (fate.held()) {
      tally.count("messages held");
    } else if (fate.delaysMillis().isEmpty()) {
      tally.count("messages lost");
    } else if (fate.delaysMillis().size() > 1) {
      tally.count("messages repeated");
    } else if (fate.delaysMillis().get(0) > 0) {
      tally.count("messages delayed");
    }
  }

  private void arrive(String to, Channel channel, byte[] bytes) {
    List<BiConsumer<Channel, PeerMessage>> receivers = attached.getOrDefault(to, List.of());
    if (!receivers.isEmpty()) {
      int turn = receivers.size() == 1 ? 0 : dice.below(receivers.size());
      arrive(receivers.get(turn), to, channel, bytes);
    }
  }

  private void arriveAtAll(String to, Channel channel, byte[] bytes) {
    List.copyOf(attached.getOrDefault(to, List.of()))
        .forEach(one -> arrive(one, to, channel, bytes));
  }

  private void arrive(
      BiConsumer<Channel, PeerMessage> receiver, String to, Channel channel, byte[] bytes) {
    if (attached.get(to).contains(receiver) && earlier.reads(to, channel, bytes)) {
      PeerMessage message = decode(bytes);
      if (deaf.getOrDefault(to, Set.of()).contains(channel)) {
        tally.count("messages to deaf ears");
      } else {
        receiver.accept(channel, message);
      }
    }
  }

  /** Whoever notices the damage drops the message, as every node does. */
  private void arriveDamaged(String to, Channel channel, byte[] bytes) {
    tally.count("messages damaged");
    if (PeerCodec.decode(bytes) instanceof Decoded.Message) {
      arrive(to, channel, bytes);
    }
  }

  private static PeerMessage decode(byte[] bytes) {
    if (PeerCodec.decode(bytes) instanceof Decoded.Message arrived) {
      return arrived.message();
    }
    throw new Verdict("codec", "nobody understands " + PeerCodec.decode(bytes));
  }
}
