package io.causa.node.bus;

import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;

/**
 * The event-bus addresses between replicas: one for each replica and purpose, and one that all
 * listen to.
 */
final class Addresses {

  /** Where presences are broadcast. */
  static final String EVERYBODY = "causa.presence";

  private Addresses() {}

  /** Where a node receives batches of writes. */
  static String writes(String name) {
    return "causa." + name + ".writes";
  }

  /** Where a node receives presences, digests and pulls. */
  static String control(String name) {
    return "causa." + name + ".control";
  }

  static String of(String name, Channel channel) {
    return switch (channel) {
      case WRITES -> writes(name);
      case CONTROL -> control(name);
      case PRESENCE -> EVERYBODY;
    };
  }

  static String of(String name, PeerMessage message) {
    return message instanceof PeerMessage.WriteBatch ? writes(name) : control(name);
  }
}
