package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages whose bytes earlier versions left in the test resources, by the same names. */
final class RecordedMessages {

  private static final Replica NODE1 = Samples.NODE1;
  private static final Replica NODE2 = Samples.NODE2;
  private static final Replica NODE3 = new Replica("node-3", 1_700_000_000_003L);

  private RecordedMessages() {}

  static Map<String, PeerMessage> all() {
    Map<String, PeerMessage> all = new LinkedHashMap<>();
    all.put("presence", new Presence(NODE1, 1_700_000_500_000L, "http://127.0.0.1:8081"));
    all.put("digest", digest());
    all.put("batch", new WriteBatch(NODE1, false, writes()));
    all.put("pulled-batch", new WriteBatch(NODE2, true, writes()));
    all.put("pull", new Pull(NODE3, NODE1, 3, 1000, 262_144));
    all.put("snapshot-request", new SnapshotRequest(NODE3, 1_700_000_500_001L, 2, 1_048_576));
    all.put("snapshot-chunk", SnapshotSamples.example());
    all.put(
        "snapshot-refused",
        new SnapshotRefused(NODE1, 1_700_000_500_001L, SnapshotRefused.Reason.BUSY));
    return all;
  }

  private static Digest digest() {
    Roster roster =
        Roster.EMPTY
            .declare(NODE1)
            .declare(Samples.NODE2)
            .declare(Samples.NODE2_AGAIN)
            .declare(NODE3)
            .forget(NODE3)
            .retire(Endings.of(new Dot(NODE2, 4)))
            .end(Endings.of(new Dot(NODE2, 4)));
    return new Digest(
        NODE1,
        1_700_000_500_000L,
        77,
        Samples.vector(12, 4).with(new Dot(Samples.NODE2_AGAIN, 200)),
        Samples.vector(12, 4).with(new Dot(Samples.NODE2_AGAIN, 198)),
        Samples.vector(2, 1),
        roster,
        1_700_000_500_009L);
  }

  /** Three that follow one another, one that does not, one with several mutations. */
  private static List<Write> writes() {
    VersionVector none = VersionVector.EMPTY;
    Mutation text = new Mutation.Put("x", Value.text("héllo"));
    Mutation bytes = new Mutation.Put("b", new Value(Bytes.wrap(new byte[] {0, -1}), "image/x"));
    Mutation delete = new Mutation.Delete("x");
    return List.of(
        new Write(new Dot(NODE1, 1), 5, none, List.of(text), 1_700_000_400_000L),
        new Write(new Dot(NODE1, 2), 9, Samples.vector(1, 3), List.of(delete), 1_700_000_400_010L),
        new Write(
            new Dot(NODE1, 3),
            10,
            Samples.vector(2, 4),
            List.of(text, bytes, new Mutation.Delete("y")),
            1_700_000_400_005L),
        new Write(
            new Dot(NODE3, 70),
            12,
            VersionVector.of(new Dot(NODE3, 69), new Dot(NODE1, 3)),
            List.of(bytes),
            -5));
  }

  /** The contexts whose tokens are recorded, of the cluster {@code causa}. */
  static Map<String, VersionVector> contexts() {
    Map<String, VersionVector> contexts = new LinkedHashMap<>();
    contexts.put("empty", VersionVector.EMPTY);
    contexts.put("one", VersionVector.of(new Dot(NODE1, 1)));
    contexts.put("three", Samples.vector(12, 4).with(new Dot(Samples.NODE2_AGAIN, 200)));
    return contexts;
  }
}
