package io.causa.bench;

import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import io.causa.wire.PeerCodec.Decoded;
import io.causa.wire.PeerDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Carries messages as bytes: the sender encodes, the receiver decodes on its loop. */
final class BenchNetwork {

  private record End(
      BenchReplica replica,
      PeerDecoder decoder,
      Consumer<WriteBatch> writes,
      BiConsumer<Channel, PeerMessage> rest) {}

  private final Map<String, End> ends = new HashMap<>();
  private long batches;
  private long others;
  private long batchBytes;
  private long otherBytes;

  void attach(
      BenchReplica replica, Consumer<WriteBatch> writes, BiConsumer<Channel, PeerMessage> rest) {
    ends.put(replica.name(), new End(replica, new PeerDecoder(), writes, rest));
  }

  void broadcast(PeerMessage message) {
    ends.keySet().forEach(name -> send(name, Channel.PRESENCE, PeerCodec.encode(message)));
  }

  void send(String name, PeerMessage message, byte[] bytes) {
    boolean isBatch = message instanceof WriteBatch;
    batches += isBatch ? 1 : 0;
    others += isBatch ? 0 : 1;
    batchBytes += isBatch ? bytes.length : 0;
    otherBytes += isBatch ? 0 : bytes.length;
    send(name, isBatch ? Channel.WRITES : Channel.CONTROL, bytes);
  }

  private void send(String name, Channel channel, byte[] bytes) {
    End end = ends.get(name);
    end.replica().arrives(channel, () -> take(end, channel, bytes));
  }

  private static void take(End end, Channel channel, byte[] bytes) {
    PeerMessage message = ((Decoded.Message) end.decoder().decode(bytes)).message();
    if (message instanceof WriteBatch batch) {
      end.writes().accept(batch);
    } else {
      end.rest().accept(channel, message);
    }
  }

  void forgetCounts() {
    batches = 0;
    others = 0;
    batchBytes = 0;
    otherBytes = 0;
  }

  long batches() {
    return batches;
  }

  long others() {
    return others;
  }

  long batchBytes() {
    return batchBytes;
  }

  long otherBytes() {
    return otherBytes;
  }
}
