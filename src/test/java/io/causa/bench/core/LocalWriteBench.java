package io.causa.bench.core;

import io.causa.core.Commit;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Stamp, commit and apply of a commit of local writes. */
@State(Scope.Thread)
public class LocalWriteBench {

  @Param({"1", "100"})
  public int writes;

  private CommitPipeline pipeline;
  private long number;

  @Setup
  public void open() {
    pipeline = new CommitPipeline(CoreSamples.SELF, new KeyStates(), 0, writes, Long.MAX_VALUE);
  }

  @Benchmark
  public Commit stampCommitApply() {
    for (int i = 0; i < writes; i++) {
      pipeline.propose(CoreSamples.proposal(number++));
    }
    pipeline.begin();
    return pipeline.complete();
  }
}
