package io.causa.bench.core;

import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch of writes as bytes, with checksum. */
@State(Scope.Thread)
public class BatchBench {

  @Param({"1", "100"})
  public int writes;

  private WriteBatch batch;
  private byte[] encoded;

  @Setup
  public void make() {
    batch = new WriteBatch(CoreSamples.PEER, false, CoreSamples.writes(writes));
    encoded = PeerCodec.encode(batch);
  }

  @Benchmark
  public byte[] encode() {
    return PeerCodec.encode(batch);
  }

  @Benchmark
  public Object decode() {
    return PeerCodec.decode(encoded);
  }
}
