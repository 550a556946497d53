package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What anybody who reaches the bus can send to a node, and no node ever would. */
final class HostileMessages {

  /** How many messages each reason is given for. */
  static final int FOREIGN = 3 * 9;

  static final int OTHER_VERSION = 3;
  static final int DAMAGED = 3;
  static final int MALFORMED = 3;
  static final int MISPLACED = 3;
  static final int FORGED = 3;
  static final int TOO_MANY_REPLICAS = 1;

  private static final Replica STRANGER = new Replica("stranger", 7);
  private static final VersionVector NOTHING = VersionVector.EMPTY;

  private final EventBus bus;
  private final Replica node;
  private final String writes;
  private final String control;

  /**
   * @param bus of a stranger, or of the node itself
   * @param node who is attacked
   */
  HostileMessages(EventBus bus, Replica node) {
    this.bus = bus;
    this.node = node;
    this.writes = "causa." + node.name() + ".writes";
    this.control = "causa." + node.name() + ".control";
  }

  void sendAll(int largeBytes) {
    for (String address : List.of(writes, control, "causa.presence")) {
      sendBodies(address, largeBytes);
    }
    sendClaims();
  }

  private void sendBodies(String address, int largeBytes) {
    Buffer good = bytes(new Presence(STRANGER, 1, ""));
    bus.send(address, "text");
    bus.send(address, null);
    bus.send(address, 42);
    bus.send(address, new JsonObject().put("key", "value"));
    bus.send(address, new byte[] {1, 2, 3});
    bus.send(address, Buffer.buffer());
    bus.send(address, Buffer.buffer("no frame"));
    bus.send(address, Buffer.buffer(new byte[largeBytes]));
    bus.request(address, good, new DeliveryOptions().setSendTimeout(1000));
    bus.send(address, Buffer.buffer(new byte[] {2, 1, 5}));
    bus.send(address, good.copy().setByte(9, (byte) 0));
    bus.send(address, bytes(new Presence(new Replica("stranger", Long.MAX_VALUE), 1, "")));
  }

  private void sendClaims() {
    bus.send(writes, bytes(new Presence(STRANGER, 1, "")));
    bus.send(control, bytes(batch(STRANGER, List.of(write(STRANGER, 1)))));
    bus.send("causa.presence", bytes(digest(STRANGER)));
    bus.send(writes, bytes(batch(node, List.of(write(STRANGER, 1)))));
    bus.send(writes, bytes(batch(STRANGER, List.of(write(node, 1_000_000)))));
    bus.send(control, bytes(digest(node)));
    List<Write> forged = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      forged.add(write(new Replica("forged" + i, 1), 1));
    }
    bus.send(writes, bytes(batch(STRANGER, forged)));
  }

  private static PeerMessage batch(Replica sender, List<Write> all) {
    return new WriteBatch(sender, false, all);
  }

  private static PeerMessage digest(Replica sender) {
    return new Digest(sender, 12_345, 1, NOTHING, NOTHING, NOTHING, Roster.EMPTY, 0);
  }

  private static Write write(Replica origin, long sequence) {
    Dot dot = new Dot(origin, sequence);
    VersionVector before =
        sequence == 1 ? NOTHING : VersionVector.of(new Dot(origin, sequence - 1));
    return new Write(dot, sequence, before, List.of(new Mutation.Delete("k")), 0);
  }

  private static Buffer bytes(PeerMessage message) {
    return Buffer.buffer(PeerCodec.encode(message));
  }
}
