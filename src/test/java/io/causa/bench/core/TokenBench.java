package io.causa.bench.core;

import io.causa.clock.VersionVector;
import io.causa.wire.ContextToken;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The context of a client as text, by the number of nodes. */
@State(Scope.Thread)
public class TokenBench {

  @Param({"3", "30", "100"})
  public int nodes;

  private VersionVector context;
  private String token;

  @Setup
  public void make() {
    context = CoreSamples.vector(nodes, 1_000_000);
    token = ContextToken.encode(context, CoreSamples.CLUSTER);
  }

  @Benchmark
  public String encode() {
    return ContextToken.encode(context, CoreSamples.CLUSTER);
  }

  @Benchmark
  public Object decode() {
    return ContextToken.decode(token, CoreSamples.CLUSTER);
  }
}
