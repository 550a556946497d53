package io.causa.bench.core;

import io.causa.clock.CausalOrder;
import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Version vectors, by the number of entries. */
@State(Scope.Thread)
public class VectorBench {

  @Param({"3", "30", "100"})
  public int entries;

  private VersionVector one;
  private VersionVector concurrent;
  private Dot next;

  @Setup
  public void make() {
    one = CoreSamples.vector(entries, 1_000_000);
    Dot ahead = new Dot(CoreSamples.node(entries - 1), 2_000_000);
    concurrent = CoreSamples.vector(entries, 999_000).with(ahead);
    next = new Dot(CoreSamples.PEER, one.get(CoreSamples.PEER) + 1);
  }

  @Benchmark
  public VersionVector join() {
    return one.join(concurrent);
  }

  @Benchmark
  public CausalOrder compare() {
    return one.compare(concurrent);
  }

  @Benchmark
  public VersionVector with() {
    return one.with(next);
  }

  @Benchmark
  public boolean covers() {
    return one.covers(next);
  }
}
