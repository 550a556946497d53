package io.causa.bench.core;

import io.causa.clock.VersionVector;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.wire.PeerCodec;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A digest as bytes, by the number of nodes. */
@State(Scope.Thread)
public class DigestBench {

  @Param({"3", "30", "100"})
  public int nodes;

  private Digest digest;
  private byte[] encoded;

  @Setup
  public void make() {
    VersionVector received = CoreSamples.vector(nodes, 1_000_000);
    VersionVector applied = CoreSamples.vector(nodes, 999_000);
    VersionVector trimmed = CoreSamples.vector(nodes, 900_000);
    Roster roster =
        Roster.of(
            IntStream.range(0, nodes)
                .mapToObj(CoreSamples::node)
                .map(node -> new Roster.Entry(node, 0, Roster.Status.MEMBER))
                .toList());
    digest = new Digest(CoreSamples.SELF, 1, 1, received, applied, trimmed, roster, 1);
    encoded = PeerCodec.encode(digest);
  }

  @Benchmark
  public byte[] encode() {
    return PeerCodec.encode(digest);
  }

  @Benchmark
  public Object decode() {
    return PeerCodec.decode(encoded);
  }
}
