package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.Mutations;
import io.causa.core.encoding.Vectors;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.message.ReplicaLimit;
import io.causa.wire.PeerCodec.Decoded;
import io.causa.wire.PeerCodec.Decoded.Undecodable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages with a right checksum that no node sends. */
class HostileBytesTest {

  private static final int KINDS = 8;
  private static final int PULL = 4;
  private static final int WRITE_BATCH = 3;

  /** What a few bytes may stand for: a write, its lists and its mutation. */
  private static final long BYTES_FOR_A_BYTE = 400;

  private static final long FIXED_BYTES = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Provide
  Arbitrary<PeerMessage> messages() {
    return Arbitraries.oneOf(
        SnapshotSamples.chunks(),
        SnapshotSamples.requests(),
        WriteSamples.streams().map(writes -> new WriteBatch(Samples.NODE1, true, writes)));
  }

  @Property(tries = 3000)
  void garbageInARightFrameIsRefusedOrRead(@ForAll byte[] garbage, @ForAll Random random) {
    decodeWithinBounds(random.nextInt(KINDS + 1), garbage);
  }

  @Property(tries = 100)
  void aMutatedMessageInARightFrameIsRefusedOrRead(
      @ForAll("messages") PeerMessage message, @ForAll Random random) {
    byte[] frame = PeerCodec.encode(message, Capabilities.EARLIEST);
    byte[] payload = new byte[frame.length - 11];
    System.arraycopy(frame, 7, payload, 0, payload.length);
    for (int i = 0; i < 100; i++) {
      byte[] mutated = payload.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      decodeWithinBounds(frame[2], mutated);
    }
  }

  private static void decodeWithinBounds(int kind, byte[] payload) {
    decodeWithinBounds(PeerFrame.wrapPlain(kind, payload));
    byte[] latest = new ByteWriter(64).writeByte(kind).writeRaw(payload).toBytes();
    decodeWithinBounds(wrap(latest, Set.of(), Fields.NONE));
  }

  /** A right checksum around anything, and anything in the fields. */
  @Property(tries = 2000)
  void garbageInARightEnvelopeIsRefusedOrRead(
      @ForAll("messages") PeerMessage message, @ForAll byte[] garbage) {
    byte[] frame = PeerCodec.encode(message);
    byte[] body = Arrays.copyOfRange(frame, 4, frame.length - 4);
    Fields fields = Fields.NONE.with(1, garbage).with(77, garbage);
    decodeWithinBounds(wrap(body, Set.of(), fields));
    ByteWriter any = new ByteWriter(64).writeByte(PeerFrame.MAGIC).writeByte(4).writeRaw(garbage);
    decodeWithinBounds(any.writeInt(any.crc()).toBytes());
  }

  private static void decodeWithinBounds(byte[] frame) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Decoded decoded = PeerCodec.decode(frame);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(decoded).isNotNull();
    assertThat(allocated).isLessThan(FIXED_BYTES + BYTES_FOR_A_BYTE * frame.length);
  }

  @ParameterizedTest
  @ValueSource(longs = {LamportTimestamp.MAX_TIME + 1, Long.MAX_VALUE, -1, 0})
  void aTimeThatNobodyCouldFollowIsRefused(long lamport) {
    assertThat(reason(frameOfWrite(1, lamport))).contains("a Lamport time is " + lamport);
  }

  @ParameterizedTest
  @ValueSource(longs = {Dot.MAX_SEQUENCE + 1, Long.MAX_VALUE, -1, 0})
  void aSequenceThatNobodyCouldFollowIsRefused(long sequence) {
    assertThat(reason(frameOfWrite(sequence, 1))).contains("a sequence is " + sequence);
  }

  @Test
  void theLastTimeIsTakenFromAnybody() {
    assertThat(PeerCodec.decode(frameOfWrite(1, LamportTimestamp.MAX_TIME)))
        .isInstanceOf(Decoded.Message.class);
  }

  /** A step from the last time leaves the range, and so does one that overflows. */
  @ParameterizedTest
  @ValueSource(longs = {1, Long.MAX_VALUE, Long.MIN_VALUE})
  void aStepBehindTheLastTimeIsRefused(long step) {
    byte[] frame =
        batch(
            2,
            out -> {
              writeFull(out, 1, LamportTimestamp.MAX_TIME, "k");
              out.writeVarint(
                  WriteBatchEncoder.SAME_ORIGIN
                      | WriteBatchEncoder.FOLLOWS
                      | WriteBatchEncoder.ONE_MUTATION);
              out.writeSigned(step).writeSigned(0);
              Mutations.write(out, new Mutation.Delete("k"));
            });

    assertThat(reason(frame)).contains("a Lamport time is");
  }

  @Test
  void theTimesOfASnapshotAreBoundedAsWell() {
    Dot dot = new Dot(Samples.NODE1, 1);
    KeyVersion version = new KeyVersion(dot, 1, new Mutation.Delete("x"), 0);
    var entries = List.of(new SnapshotEntry("x", KeyState.of(version, List.of())));
    var late = new KeyVersion(dot, Long.MAX_VALUE, new Mutation.Delete("x"), 0);
    var lateEntries = List.of(new SnapshotEntry("x", KeyState.of(late, List.of())));
    VersionVector vector = VersionVector.of(dot);

    assertThat(reason(chunk(vector, Long.MAX_VALUE, entries))).contains("a Lamport time is");
    assertThat(reason(chunk(vector, 5, lateEntries))).contains("a Lamport time is");
    assertThat(reason(chunk(vector, 0, entries))).contains("a snapshot of");
    assertThat(reason(chunk(VersionVector.EMPTY, 5, entries))).contains("a snapshot of");
    assertThat(PeerCodec.decode(chunk(vector, 1, entries))).isInstanceOf(Decoded.Message.class);
  }

  @Test
  void statesThatNoNodeHoldsAreRefused() {
    KeyVersion one = new KeyVersion(new Dot(Samples.NODE1, 1), 1, new Mutation.Delete("x"), 0);
    KeyVersion two = new KeyVersion(new Dot(Samples.NODE1, 2), 2, new Mutation.Delete("x"), 0);
    KeyVersion other = new KeyVersion(new Dot(Samples.NODE2, 1), 3, new Mutation.Delete("x"), 0);
    SnapshotEntry entry = new SnapshotEntry("x", KeyState.of(one, List.of()));

    assertThat(reason(chunk(Samples.vector(9, 9), 9, List.of(entry, entry))))
        .contains("the key \"x\" follows \"x\"");
    assertThat(reason(chunk(state(two, one)))).contains("two versions of node1");
    assertThat(reason(chunk(state(one, other)))).contains("is not earlier than");
  }

  private static byte[] chunk(KeyState state) {
    return chunk(Samples.vector(9, 9), 9, List.of(new SnapshotEntry("x", state)));
  }

  private static KeyState state(KeyVersion first, KeyVersion second) {
    return KeyState.of(first, List.of(second));
  }

  private static byte[] chunk(VersionVector vector, long lamport, List<SnapshotEntry> entries) {
    var instant = new SnapshotInstant(vector, VersionVector.EMPTY, lamport);
    return PeerCodec.encode(new SnapshotChunk(Samples.NODE2, 1, 1, instant, entries, true));
  }

  @Test
  void aRosterWithATermThatNobodyCouldFollowIsRefused() {
    Roster roster =
        Roster.of(List.of(new Roster.Entry(Samples.NODE2, Long.MAX_VALUE, Roster.Status.MEMBER)));

    assertThat(reason(PeerCodec.encode(digest(VersionVector.EMPTY, roster))))
        .contains("no term in a roster is");
  }

  @Test
  void aGenerationThatNobodyCouldFollowIsRefused() {
    Presence presence = new Presence(new Replica("node1", Long.MAX_VALUE), 1, "");

    assertThat(reason(PeerCodec.encode(presence))).contains("the generation of node1 is");
  }

  @Test
  void aPullBehindAllSequencesIsRefused() {
    ByteWriter out = new ByteWriter(64);
    Vectors.write(out, Samples.NODE1);
    Vectors.write(out, Samples.NODE2);
    out.writeSigned(1).writeSigned(Long.MAX_VALUE).writeSigned(1);

    assertThat(reason(PeerFrame.wrapPlain(PULL, out.toBytes()))).contains("no pull is from 1");
  }

  @Test
  void aBatchWhoseWritesAreNotInSequenceIsRefused() {
    Write first = write(1, "a");
    Write third = write(3, "b");

    assertThat(reason(PeerCodec.encode(new WriteBatch(Samples.NODE1, false, List.of()))))
        .contains("a batch has no writes");
    for (List<Write> writes : List.of(List.of(first, third), List.of(third, first))) {
      assertThat(reason(PeerCodec.encode(new WriteBatch(Samples.NODE1, false, writes))))
          .contains("follows write");
    }
  }

  @Test
  void keysValuesAndTypesThatNoNodeTakesAreRefused() {
    String longKey = "k".repeat(MessageRules.KEY_BYTES + 1);
    Value longType = new Value(Bytes.of("v"), "t".repeat(256));
    Value large = new Value(Bytes.wrap(new byte[MessageRules.VALUE_BYTES + 1]), "");

    assertThat(reason(batchOf(new Mutation.Delete(longKey)))).contains("a key of more than");
    assertThat(reason(batchOf(new Mutation.Put("k", longType)))).contains("a content type");
    assertThat(reason(batchOf(new Mutation.Put("k", large)))).contains("a value of more than");
    assertThat(PeerCodec.decode(batchOf(new Mutation.Delete("k".repeat(65_535)))))
        .isInstanceOf(Decoded.Message.class);
  }

  private static byte[] batchOf(Mutation mutation) {
    Write write =
        new Write(new Dot(Samples.NODE1, 1), 1, VersionVector.EMPTY, List.of(mutation), 0);
    return PeerCodec.encode(new WriteBatch(Samples.NODE1, false, List.of(write)));
  }

  @Test
  void moreReplicasThanAnyNodeKnowsAreRefused() {
    assertThat(PeerCodec.decode(PeerCodec.encode(digest(replicas(4000), Roster.EMPTY))))
        .isInstanceOf(Decoded.Message.class);
    assertThat(reason(PeerCodec.encode(digest(replicas(5000), Roster.EMPTY))))
        .contains("more than " + ReplicaLimit.MOST_REPLICAS);
  }

  /** Each write of five bytes would stand for a vector of thousands of entries. */
  @Test
  void aBatchOfVectorsThatWouldFillTheHeapIsRefused() {
    VersionVector many = replicas(4000).without(Samples.NODE1);
    List<Write> writes = new ArrayList<>();
    VersionVector dependencies = many;
    for (int i = 1; i <= 2000; i++) {
      Dot dot = new Dot(Samples.NODE1, i);
      writes.add(new Write(dot, i, dependencies, List.of(new Mutation.Delete("k")), 0));
      dependencies = dependencies.with(dot);
    }
    byte[] frame = PeerCodec.encode(new WriteBatch(Samples.NODE1, false, writes));
    assertThat(frame.length).isLessThan(200_000);

    assertThat(reason(frame)).contains("its vectors have more than");
  }

  private static VersionVector replicas(int count) {
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dots.add(new Dot(new Replica("forged" + i, 1), 1));
    }
    return VersionVector.of(dots);
  }

  private static Digest digest(VersionVector applied, Roster roster) {
    VersionVector none = VersionVector.EMPTY;
    return new Digest(Samples.NODE1, 1, 1, applied, applied, none, roster, 0);
  }

  private static Write write(long sequence, String key) {
    Dot dot = new Dot(Samples.NODE1, sequence);
    VersionVector before =
        sequence == 1
            ? VersionVector.EMPTY
            : VersionVector.of(new Dot(Samples.NODE1, sequence - 1));
    return new Write(dot, sequence, before, List.of(new Mutation.Delete(key)), 0);
  }

  private static byte[] frameOfWrite(long sequence, long lamport) {
    return batch(1, out -> writeFull(out, sequence, lamport, "k"));
  }

  private static byte[] batch(int count, Consumer<ByteWriter> writes) {
    ByteWriter out = new ByteWriter(64).writeVarint(1);
    Vectors.write(out, Samples.NODE1);
    out.writeVarint(0).writeByte(0).writeVarint(count);
    writes.accept(out);
    return PeerFrame.wrapPlain(WRITE_BATCH, out.toBytes());
  }

  private static void writeFull(ByteWriter out, long sequence, long lamport, String key) {
    out.writeVarint(WriteBatchEncoder.ONE_MUTATION).writeVarint(0);
    out.writeVarint(sequence).writeVarint(lamport).writeSigned(0);
    Mutations.write(out, new Mutation.Delete(key));
  }

  private static String reason(byte[] frame) {
    return PeerCodec.decode(frame) instanceof Undecodable wrong ? wrong.reason() : "it was read";
  }

  private static byte[] wrap(byte[] message, Set<String> required, Fields fields) {
    return PeerFrame.wrap(out -> out.writeRaw(message), message.length, required, fields);
  }
}
