package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.core.Write;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.List;

/**
 * Own writes that follow one another, as one message: every peer that needs them gets the same one,
 * so that it is encoded once.
 *
 * @param message the message
 * @param first the sequence of the first write
 * @param last the sequence of the last write
 * @param bytes what the writes count against limits of messages
 */
record OwnBatch(WriteBatch message, long first, long last, int bytes) {

  /** Returns the batch of these writes, at least one. */
  static OwnBatch of(Replica self, List<Write> writes) {
    int bytes = 0;
    for (Write write : writes) {
      bytes += write.sizeBytes();
    }
    long first = writes.get(0).dot().sequence();
    long last = first + writes.size() - 1;
    return new OwnBatch(new WriteBatch(self, false, writes), first, last, bytes);
  }

  int size() {
    return message.writes().size();
  }
}
