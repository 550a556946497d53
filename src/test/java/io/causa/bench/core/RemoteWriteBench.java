package io.causa.bench.core;

import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.Commit;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The way of writes that have arrived: taken in, delivered in causal order, committed, applied. */
@State(Scope.Thread)
public class RemoteWriteBench {

  @Param({"1", "100"})
  public int writes;

  private CausalBuffer buffer;
  private CommitPipeline pipeline;
  private long sequence;

  @Setup
  public void open() {
    var limits = new CausalBuffer.Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    buffer = new CausalBuffer(VersionVector.EMPTY, limits);
    pipeline = new CommitPipeline(CoreSamples.SELF, new KeyStates(), 0, 1, Long.MAX_VALUE);
  }

  @Benchmark
  public Commit takeInDeliverApply() {
    for (int i = 0; i < writes; i++) {
      buffer.offer(CoreSamples.write(++sequence, VersionVector.EMPTY));
    }
    pipeline.deliver(buffer.takeDeliverable());
    pipeline.begin();
    Commit applied = pipeline.complete();
    buffer.applied(applied.after());
    return applied;
  }
}
