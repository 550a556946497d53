package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a key occupies on the heap of a node beside its own bytes and those of its value: the heap
 * after a full collection, with the keys and before. The log is on the disk.
 */
final class Memory implements Benchmark {

  private static final int KEYS = 1_000_000;
  private static final int MANY_KEYS = 10_000_000;
  private static final String MANY_HEAP = "-Xmx4g";

  /** 66 % of 4 GiB: the most that a node takes as data, with its reserve. */
  private static final String MANY_DATA = "--set=store.dataBytes=2834678415";

  private static final String MANY_RESERVE = "--set=store.dataReserveBytes=67108864";
  private static final double BYTES_PER_GIB = 1L << 30;
  private static final Pattern USED = Pattern.compile("\"heapUsedBytes\":(\\d+)");

  private final boolean large;

  /**
   * @param large whether to fill 4 GiB with 10,000,000 keys, too
   */
  Memory(boolean large) {
    this.large = large;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<String> targets() {
    return large ? List.of("memory", "memory-large") : List.of("memory");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    List<List<String>> rows = new ArrayList<>();
    try (CausaNodes node = start(lab, "a node with keys", "")) {
      long before = occupiedBytes(lab, node);
      ManyKeys.fill(node.firstPort(), KEYS);
      long occupied = occupiedBytes(lab, node) - before;
      double beside = besideData(occupied, KEYS);
      findings.reach("memory", Spread.of(beside));
      rows.add(row(KEYS, occupied));
    }
    if (large) {
      rows.add(fillFourGibibytes(lab, findings));
    }
    findings.add(
        new Table(
            "The heap that keys with 100 B occupy",
            List.of("keys", "heap, MiB", "B a key", "… of them neither key nor value"),
            rows));
  }

  private static List<String> fillFourGibibytes(Lab lab, Findings findings) {
    try (CausaNodes node = start(lab, "a node of 4 GiB", MANY_HEAP, MANY_DATA, MANY_RESERVE)) {
      ManyKeys.fill(node.firstPort(), MANY_KEYS);
      long occupied = occupiedBytes(lab, node);
      findings.reach("memory-large", Spread.of(occupied / BYTES_PER_GIB));
      return row(MANY_KEYS, occupied);
    }
  }

  private static CausaNodes start(Lab lab, String name, String javaFlags, String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--data=" + lab.scratch().resolve(name.replace(' ', '-')),
                "--set=storage.mode=buffered"));
    all.addAll(List.of(flags));
    return CausaNodes.start(lab, name, 1, javaFlags, all.toArray(String[]::new));
  }

  /** Returns the heap of a node after a full collection. */
  private static long occupiedBytes(Lab lab, CausaNodes node) {
    Path jcmd = Lab.jdk().resolve("bin/jcmd");
    String pid = Long.toString(node.processes().get(0));
    lab.run("jcmd", List.of(jcmd.toString(), pid, "GC.run"));
    String status =
        new String(Answers.get(node.firstPort(), "/status").body(), StandardCharsets.UTF_8);
    Matcher used = USED.matcher(status);
    if (!used.find()) {
      throw new BenchException("/status does not tell the heap: " + status);
    }
    return Long.parseLong(used.group(1));
  }

  private static List<String> row(int keys, long occupied) {
    return List.of(
        "%,d".formatted(keys),
        "%,d".formatted(occupied >> 20),
        Spread.text((double) occupied / keys),
        Spread.text(besideData(occupied, keys)));
  }

  private static double besideData(long occupied, int keys) {
    long keyBytes =
        IntStream.rangeClosed(1, keys).mapToLong(key -> ("bench-" + key).length()).sum();
    return (double) (occupied - keyBytes) / keys - Wrk.VALUE_BYTES;
  }
}
