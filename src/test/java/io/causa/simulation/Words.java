package io.causa.simulation;

import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.List;

/** What a trace says about things: made only when the trace prints it. */
record Words(Object thing) {

  static Words of(Object thing) {
    return new Words(thing);
  }

  @Override
  public String toString() {
    if (thing instanceof Presence presence) {
      return "presence, session " + presence.session();
    }
    if (thing instanceof Digest digest) {
      return "digest %d: applied %s received %s"
          .formatted(digest.number(), digest.applied(), digest.received());
    }
    if (thing instanceof Ack ack) {
      return "ack of %s: applied %d received %d".formatted(ack.of(), ack.applied(), ack.received());
    }
    if (thing instanceof Pull pull) {
      return "pull " + pull.origin() + ":" + pull.from() + ".." + pull.to();
    }
    if (thing instanceof WriteBatch batch) {
      return (batch.pulled() ? "pulled " : "pushed ") + writes(batch.writes());
    }
    if (thing instanceof SnapshotChunk chunk) {
      return "chunk %d of a snapshot of %d keys at %s%s"
          .formatted(
              chunk.number(),
              chunk.entries().size(),
              chunk.instant().vector(),
              chunk.last() ? ", the last" : "");
    }
    return thing instanceof List<?> list ? list.stream().map(Words::of).toList().toString() : one();
  }

  private String one() {
    return thing instanceof Write write ? write(write) : String.valueOf(thing);
  }

  private static String writes(List<Write> writes) {
    Write first = writes.get(0);
    Write last = writes.get(writes.size() - 1);
    return writes.size() == 1 ? first.dot().toString() : first.dot() + " to " + last.dot();
  }

  private static String write(Write write) {
    List<String> keys = write.mutations().stream().map(Words::mutation).toList();
    return write.dot() + " " + keys + " after " + write.dependencies();
  }

  private static String mutation(Mutation mutation) {
    return mutation.key() + "=" + mutation.value().map(Facts::text).orElse("(deleted)");
  }
}
