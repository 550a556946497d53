package io.causa.bench.load;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.node.CausaNode;
import io.causa.node.port.StorePort;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A node of three that notes when each write of another one becomes readable here. It looks about
 * every 0.1 ms, which is in each figure.
 *
 * <p>{@code VisibilityLoad SETTING=VALUE …}. The question {@code watch NODE} starts it with the
 * next write of that node, the answer is the number of the last one before; {@code seen FROM TO} is
 * answered by the moments, of {@link System#nanoTime}, at which these writes were readable.
 */
public final class VisibilityLoad {

  private static final int MOST_WRITES = 1_000_000;
  private static final long PARK_NANOS = 50_000;

  private final StorePort store;
  private final AtomicLongArray seenNanos = new AtomicLongArray(MOST_WRITES);
  private volatile long first;
  private volatile long next;

  private VisibilityLoad(StorePort store) {
    this.store = store;
  }

  public static void main(String[] arguments) throws IOException {
    CausaNode node = BenchNode.start(arguments);
    VisibilityLoad load = new VisibilityLoad(node.store());
    Questions.serve(load::answer);
  }

  private String answer(String[] question) {
    return switch (question[0]) {
      case "watch" -> watch(question[1]);
      case "seen" -> seen(Long.parseLong(question[1]), Long.parseLong(question[2]));
      default -> throw new IllegalArgumentException("unknown question " + question[0]);
    };
  }

  private String watch(String name) {
    first = applied(name);
    next = first;
    Thread watcher = new Thread(() -> look(name), "bench-watcher");
    watcher.setDaemon(true);
    watcher.start();
    return Long.toString(first);
  }

  private void look(String name) {
    while (next - first < MOST_WRITES) {
      long now = System.nanoTime();
      long applied = Math.min(applied(name), first + MOST_WRITES);
      for (long sequence = next + 1; sequence <= applied; sequence++) {
        seenNanos.set((int) (sequence - first - 1), now);
      }
      next = Math.max(next, applied);
      LockSupport.parkNanos(PARK_NANOS);
    }
  }

  private long applied(String name) {
    VersionVector applied = store.view().applied();
    for (Dot entry : applied) {
      if (entry.replica().name().equals(name)) {
        return entry.sequence();
      }
    }
    return 0;
  }

  private String seen(long from, long to) {
    StringBuilder moments = new StringBuilder();
    for (long sequence = from; sequence <= to; sequence++) {
      moments.append(seenNanos.get((int) (sequence - first - 1))).append(' ');
    }
    return moments.toString();
  }
}
