package io.causa.bench;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.Write;
import io.causa.core.store.NaiveBuffer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one write costs the causal buffer while many others are held, beside its naive twin.
 *
 * <p>Run by {@code bin/bench buffer}. Each round fills a new buffer and then measures the same
 * small batch of work at every size; a figure is the median of the rounds after as many to warm up.
 */
public final class BufferBench {

  private static final int BATCH = 500;
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final int MANY_FOR_THE_TWIN = 4_000;
  private static final int ROUNDS_AT_FEW = 1_001;
  private static final int ROUNDS_AT_MANY = 11;
  private static final int BRIEF_ROUNDS_AT_FEW = 501;
  private static final int BRIEF_ROUNDS_AT_MANY = 3;
  private static final int TWIN_ROUNDS_AT_FEW = 21;
  private static final int TWIN_ROUNDS_AT_MANY = 5;
  private static final CausalBuffer.Limits ROOMY =
      new CausalBuffer.Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  private static final String ROW = "%-46s %10.0f %12.0f %8.2f%n";
  private static final String HEAD = "%n%-46s %,10d %,12d %8s%n";

  /** A buffer or its twin, as far as it is measured. */
  private record Buffer(
      Consumer<Write> offer, Supplier<List<Write>> take, Consumer<VersionVector> applied) {

    static Buffer indexed() {
      CausalBuffer buffer = new CausalBuffer(VersionVector.EMPTY, ROOMY);
      return new Buffer(buffer::offer, buffer::takeDeliverable, buffer::applied);
    }

    static Buffer naive() {
      NaiveBuffer buffer = new NaiveBuffer(VersionVector.EMPTY, ROOMY);
      return new Buffer(buffer::offer, buffer::takeDeliverable, buffer::applied);
    }

    /** The whole way of a write that arrives: offered, handed over, applied. */
    void pass(Write write) {
      offer.accept(write);
      VersionVector reached = VersionVector.EMPTY;
      for (Write delivered : take.get()) {
        reached = reached.with(delivered.dot());
      }
      applied.accept(reached);
    }
  }

  /**
   * A kind of work on a full buffer.
   *
   * @param step what is done with each write of the batch
   */
  private record Work(String name, List<Write> batch, Step step) {}

  private interface Step {
    void run(Buffer full, Write write);
  }

  private static final List<Work> WORKS =
      List.of(
          new Work(
              "a write passes that nothing holds back",
              BufferLoad.independent(1, BATCH),
              Buffer::pass),
          new Work(
              "a write arrives that is held back",
              BufferLoad.independent(2, BATCH),
              (full, write) -> full.offer().accept(write)),
          new Work(
              "a cause arrives and releases one effect", BufferLoad.causes(BATCH), Buffer::pass));

  private BufferBench() {}

  /**
   * @param args {@code --brief} for fewer rounds, without the twin and the memory
   */
  public static void main(String[] args) {
    boolean brief = args.length > 0 && args[0].equals("--brief");
    int roundsAtFew = brief ? BRIEF_ROUNDS_AT_FEW : ROUNDS_AT_FEW;
    int roundsAtMany = brief ? BRIEF_ROUNDS_AT_MANY : ROUNDS_AT_MANY;
    System.out.printf(
        "nanoseconds per write, by the number of held writes; medians of %d and %d rounds of %d%n",
        roundsAtFew, roundsAtMany, BATCH);
    indexed(roundsAtFew, roundsAtMany);
    if (!brief) {
      naive();
      memory();
    }
  }

  private static void indexed(int roundsAtFew, int roundsAtMany) {
    System.out.printf(HEAD, "indexed buffer", FEW, MANY, "ratio");
    List<Write> few = BufferLoad.held(FEW);
    List<Write> many = BufferLoad.held(MANY);
    for (Work work : WORKS) {
      row(
          work.name(),
          median(roundsAtFew, () -> batchNanos(Buffer.indexed(), few, work)),
          median(roundsAtMany, () -> batchNanos(Buffer.indexed(), many, work)));
    }
    row(
        "all are released at once, each",
        median(roundsAtFew, () -> drainNanos(few)),
        median(roundsAtMany, () -> drainNanos(many)));
  }

  private static void naive() {
    System.out.printf(
        HEAD, "naive twin, which rescans everything", FEW, MANY_FOR_THE_TWIN, "ratio");
    List<Write> few = BufferLoad.held(FEW);
    List<Write> many = BufferLoad.held(MANY_FOR_THE_TWIN);
    for (Work work : WORKS) {
      row(
          work.name(),
          median(TWIN_ROUNDS_AT_FEW, () -> batchNanos(Buffer.naive(), few, work)),
          median(TWIN_ROUNDS_AT_MANY, () -> batchNanos(Buffer.naive(), many, work)));
    }
  }

  private static void row(String name, double few, double many) {
    System.out.printf(ROW, name, few, many, many / few);
  }

  private static double batchNanos(Buffer empty, List<Write> held, Work work) {
    Buffer full = filled(empty, held);
    long start = System.nanoTime();
    work.batch().forEach(write -> work.step().run(full, write));
    return (double) (System.nanoTime() - start) / work.batch().size();
  }

  private static double drainNanos(List<Write> held) {
    Buffer full = filled(Buffer.indexed(), held);
    long start = System.nanoTime();
    full.applied().accept(VersionVector.of(new Dot(BufferLoad.CAUSE, held.size())));
    long nanos = System.nanoTime() - start;
    requireReleased(full, held.size());
    return (double) nanos / held.size();
  }

  private static void memory() {
    List<Write> held = BufferLoad.held(MANY);
    long estimated = held.stream().mapToLong(Write::sizeBytes).sum();
    long before = usedBytes();
    Buffer full = filled(Buffer.indexed(), held);
    long index = usedBytes() - before;
    held = List.of();
    long total = usedBytes();
    requireReleased(full, 0);
    full = Buffer.indexed();
    total -= usedBytes();
    requireReleased(full, 0);
    System.out.printf(
        "%nheap per held write: %d bytes, of which the index %d; Write.sizeBytes() counts %d%n",
        total / MANY, index / MANY, estimated / MANY);
  }

  private static Buffer filled(Buffer buffer, List<Write> held) {
    held.forEach(buffer.offer());
    requireReleased(buffer, 0);
    return buffer;
  }

  private static void requireReleased(Buffer buffer, int expected) {
    int released = buffer.take().get().size();
    if (released != expected) {
      throw new IllegalStateException("released " + released + " writes, not " + expected);
    }
  }

  private static double median(int rounds, Supplier<Double> measured) {
    for (int i = 0; i < rounds; i++) {
      measured.get();
    }
    double[] figures = new double[rounds];
    Arrays.setAll(figures, i -> measured.get());
    Arrays.sort(figures);
    return figures[rounds / 2];
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
