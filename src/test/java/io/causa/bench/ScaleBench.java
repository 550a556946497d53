package io.causa.bench;

import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

/**
 * What a write costs by the number of nodes: bytes and messages between replicas, which are the
 * same in each run, and processor time, which is not. Run by {@code bin/bench scale}.
 */
public final class ScaleBench {

  private static final int[] SIZES = {3, 10, 30, 100};
  private static final int[] PER_SECOND = {100, 10_000, 100_000};

  /** How many writes are applied in one measurement, by all nodes together. */
  private static final double APPLIED = 60_000;

  private static final double IDLE_SECONDS = 10;

  private ScaleBench() {}

  public static void main(String[] args) {
    batches();
    System.out.printf(
        "%-5s %-8s %9s | %8s %8s | %8s %6s %6s %6s %6s %7s | %6s %9s %8s%n",
        "nodes",
        "writers",
        "writes/s",
        "w/batch",
        "msgs/w",
        "metadata",
        "each",
        "deps",
        "frame",
        "acks",
        "digests",
        "held",
        "cpu us/w",
        "/applied");
    int[] sizes = args.length == 0 ? SIZES : Stream.of(args).mapToInt(Integer::parseInt).toArray();
    for (int size : sizes) {
      for (int perSecond : PER_SECOND) {
        run(size, size, perSecond);
        run(size, 1, perSecond);
      }
      idle(size);
    }
  }

  /** Of a batch alone, without what answers it. */
  private static void batches() {
    System.out.println("nodes  writes a batch  others quiet  commits of 16  all take turns");
    for (int size : SIZES) {
      for (int writes : new int[] {1, 16, 64, 256}) {
        System.out.printf(
            "%5d %15d %13.1f %14.1f %15.1f%n",
            size,
            writes,
            ScaleBatches.metadataPerWrite(size, writes, 0),
            ScaleBatches.metadataPerWrite(size, writes, 16),
            ScaleBatches.metadataPerWrite(size, writes, 1));
      }
    }
  }

  private static void run(int size, int writers, int perSecond) {
    double seconds = Math.min(2, APPLIED / size / perSecond);
    ScaleCluster cluster = new ScaleCluster(size);
    cluster.write(writers, perSecond, seconds / 2);
    cluster.converge();
    long cpu = cpuNanos();
    long writes = cluster.write(writers, perSecond, seconds);
    cluster.converge();
    double micros = (cpuNanos() - cpu) / 1e3 / writes;
    cluster.network().count();
    cluster.write(writers, perSecond, seconds);
    ScaleTraffic traffic = cluster.network().traffic();
    System.out.printf(
        "%5d %8d %9d | %8.1f %8.2f | %8.1f %6.1f %6.1f %6.1f %6.1f %7.1f | %6d %9.1f %8.2f%n",
        size,
        writers,
        perSecond,
        traffic.writesPerBatch(),
        (double) traffic.messages() / (traffic.writes / (size - 1.0)),
        traffic.metadataPerWrite(),
        traffic.restPerWrite(),
        traffic.dependenciesPerWrite(),
        traffic.framePerWrite(),
        traffic.acksPerWrite(),
        traffic.digestsPerWrite(),
        cluster.mostHeld(),
        micros,
        micros / size);
  }

  private static void idle(int size) {
    ScaleCluster cluster = new ScaleCluster(size);
    cluster.write(size, 1000, 1);
    cluster.converge();
    cluster.pass(5);
    cluster.network().count();
    long cpu = cpuNanos();
    cluster.pass(IDLE_SECONDS);
    ScaleTraffic traffic = cluster.network().traffic();
    System.out.printf(
        "%5d idle: each node sends %.0f messages/s, %.0f bytes/s; a digest has %d bytes; cpu %.1f ms/s%n",
        size,
        traffic.messages() / IDLE_SECONDS / size,
        (traffic.digestBytes + traffic.otherBytes) / IDLE_SECONDS / size,
        traffic.digestBytes / traffic.digests,
        (cpuNanos() - cpu) / 1e6 / IDLE_SECONDS / size);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
