package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages about snapshots for the tests of the codec. */
final class SnapshotSamples {

  private SnapshotSamples() {}

  static Arbitrary<PeerMessage> requests() {
    return Combinators.combine(
            Samples.replicas(),
            Arbitraries.longs(),
            Arbitraries.longs().between(1, MessageRules.MOST_CHUNKS),
            Arbitraries.integers().between(0, Integer.MAX_VALUE))
        .as(SnapshotRequest::new);
  }

  static Arbitrary<PeerMessage> refusals() {
    return Combinators.combine(
            Samples.replicas(), Arbitraries.longs(), Arbitraries.of(SnapshotRefused.Reason.class))
        .as(SnapshotRefused::new);
  }

  static Arbitrary<PeerMessage> chunks() {
    return Combinators.combine(
            Samples.replicas(),
            Arbitraries.longs(),
            Arbitraries.longs().between(1, MessageRules.MOST_CHUNKS),
            instants(),
            entries().list().uniqueElements(SnapshotEntry::key).ofMaxSize(5),
            Arbitraries.of(true, false))
        .as(SnapshotSamples::chunk);
  }

  /** The entries in the order of their keys, at an instant that has applied all of them. */
  private static PeerMessage chunk(
      Replica sender,
      long transfer,
      long number,
      SnapshotInstant instant,
      List<SnapshotEntry> entries,
      boolean last) {
    VersionVector vector = instant.vector();
    long lamport = instant.lamport();
    for (SnapshotEntry entry : entries) {
      for (KeyVersion version : entry.state().versions()) {
        vector = vector.with(version.dot());
        lamport = Math.max(lamport, version.lamport());
      }
    }
    List<SnapshotEntry> sorted =
        entries.stream().sorted(Comparator.comparing(SnapshotEntry::key)).toList();
    var covering = new SnapshotInstant(vector, instant.floor(), lamport);
    return new SnapshotChunk(sender, transfer, number, covering, sorted, last);
  }

  /** One key with a value and a concurrent delete, and one that is deleted. */
  static SnapshotChunk example() {
    KeyVersion put = version("x", Optional.of(Value.text("5")), new Dot(Samples.NODE1, 7));
    KeyVersion delete = version("x", Optional.empty(), new Dot(Samples.NODE2, 2));
    KeyVersion gone = version("y", Optional.empty(), new Dot(Samples.NODE2_AGAIN, 1));
    return new SnapshotChunk(
        Samples.NODE1,
        42,
        3,
        new SnapshotInstant(
            Samples.vector(9, 4).with(new Dot(Samples.NODE2_AGAIN, 1)), Samples.vector(3, 1), 17),
        List.of(
            new SnapshotEntry("x", KeyState.of(put, List.of(delete))),
            new SnapshotEntry("y", KeyState.of(gone, List.of()))),
        false);
  }

  private static Arbitrary<SnapshotInstant> instants() {
    return Combinators.combine(
            Samples.vectors(),
            Samples.vectors(),
            Arbitraries.longs().between(0, LamportTimestamp.MAX_TIME))
        .as(SnapshotInstant::new);
  }

  private static Arbitrary<SnapshotEntry> entries() {
    Arbitrary<Dot> dots =
        Combinators.combine(
                Samples.replicas(), Arbitraries.longs().between(1, VectorJson.MAX_SEQUENCE))
            .as(Dot::new);
    return Combinators.combine(
            WriteSamples.mutations().list().ofMinSize(1).ofMaxSize(3),
            dots.list().ofSize(3).uniqueElements(Dot::replica))
        .as(SnapshotSamples::entry);
  }

  private static SnapshotEntry entry(List<Mutation> mutations, List<Dot> dots) {
    String key = mutations.get(0).key();
    List<KeyVersion> versions = new ArrayList<>();
    for (int i = 0; i < mutations.size(); i++) {
      versions.add(version(key, mutations.get(i).value(), dots.get(i)));
    }
    versions.sort(Comparator.comparing(KeyVersion::timestamp).reversed());
    return new SnapshotEntry(
        key, KeyState.of(versions.get(0), versions.subList(1, versions.size())));
  }

  private static KeyVersion version(String key, Optional<Value> value, Dot dot) {
    Mutation mutation =
        value
            .<Mutation>map(v -> new Mutation.Put(key, v))
            .orElseGet(() -> new Mutation.Delete(key));
    return new KeyVersion(dot, dot.sequence(), mutation, -dot.sequence());
  }
}
