package io.causa.node.bus;

import io.causa.engine.BadMessages;
import io.causa.engine.BadMessages.Reason;
import io.causa.replication.message.PeerMessage;
import io.causa.wire.PeerCodec.Decoded;
import io.causa.wire.PeerCodec.Decoded.Undecodable;
import io.causa.wire.PeerDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.impl.MessageImpl;
import java.util.Optional;

/**
 * Reads what arrives on this node's addresses. Anybody who reaches the bus can send anything there:
 * what is no message of a node is dropped and counted, and nothing is thrown.
 */
final class Arrivals {

  private static final String BYTES = "buffer";

  private final BadMessages bad;
  private final PeerDecoder decoder = new PeerDecoder();

  Arrivals(BadMessages bad) {
    this.bad = bad;
  }

  /** The message; empty if it was dropped. */
  Optional<PeerMessage> read(Message<?> arrived) {
    if (arrived.replyAddress() != null) {
      return drop(Reason.FOREIGN, arrived, "it wants a reply, and no node asks for one");
    }
    if (arrived instanceof MessageImpl<?, ?> known && !isOfBytes(known)) {
      return drop(Reason.FOREIGN, arrived, "its body is no Buffer");
    }
    return body(arrived).flatMap(bytes -> decode(arrived, bytes));
  }

  /** The body of a message from elsewhere is made when it is asked for, by a codec it names. */
  private static boolean isOfBytes(MessageImpl<?, ?> message) {
    return message.codec() != null && BYTES.equals(message.codec().name());
  }

  private Optional<Buffer> body(Message<?> arrived) {
    Object body;
    try {
      body = arrived.body();
    } catch (RuntimeException unreadable) {
      return drop(Reason.FOREIGN, arrived, "its body cannot be read: " + unreadable);
    }
    return body instanceof Buffer bytes
        ? Optional.of(bytes)
        : drop(Reason.FOREIGN, arrived, "its body is no Buffer");
  }

  private Optional<PeerMessage> decode(Message<?> arrived, Buffer bytes) {
    Decoded decoded = decoder.decode(bytes.getBytes());
    if (decoded instanceof Decoded.Message read) {
      return Optional.of(read.message());
    }
    Undecodable wrong = (Undecodable) decoded;
    return drop(Reason.valueOf(wrong.fault().name()), arrived, wrong.reason());
  }

  private <T> Optional<T> drop(Reason reason, Message<?> arrived, String detail) {
    bad.dropped(BadMessages.UNNAMED, reason, "on " + arrived.address() + ", " + detail);
    return Optional.empty();
  }
}
