package io.causa.bench.load;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of three members with a {@code ReplicatedMap} of Hazelcast: what replication without
 * causality reaches. The first member puts 100 bytes to 1,000 keys from 64 threads; each value has
 * the number of its put. A window ends when both peers have the last value of every key.
 *
 * <p>{@code ReplicatedMapLoad put|receive PORT CONTACTS MEMBERS}; the question is {@code SECONDS}.
 */
public final class ReplicatedMapLoad {

  private static final String VALUES = "values";
  private static final String CONTROL = "control";
  private static final String EXPECTED = "expected";
  private static final int KEYS = 1000;
  private static final int VALUE_BYTES = 100;
  private static final int THREADS = 64;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ReplicatedMap<String, byte[]> values;
  private final ReplicatedMap<String, long[]> control;
  private final int peers;
  private final AtomicLong puts = new AtomicLong();
  private long window;

  private ReplicatedMapLoad(HazelcastInstance member, int members) {
    this.values = member.getReplicatedMap(VALUES);
    this.control = member.getReplicatedMap(CONTROL);
    this.peers = members - 1;
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    int members = Integer.parseInt(arguments[3]);
    var config = LocalMember.config("bench-map-" + arguments[2].hashCode(), port, arguments[2]);
    config.getReplicatedMapConfig(VALUES).setInMemoryFormat(InMemoryFormat.BINARY);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    ReplicatedMapLoad load = new ReplicatedMapLoad(member, members);
    if (arguments[0].equals("receive")) {
      load.startWatching(port);
    }
    Questions.serve(
        question ->
            question[0].equals("members")
                ? Integer.toString(member.getCluster().getMembers().size())
                : load.run(Integer.parseInt(question[0])));
  }

  private void startWatching(int port) {
    Runnable watching =
        () -> {
          try {
            watch(port);
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        };
    Thread watcher = new Thread(watching, "bench-watcher");
    watcher.setDaemon(true);
    watcher.start();
  }

  private String run(int seconds) throws InterruptedException {
    window++;
    long before = puts.get();
    long startNanos = System.nanoTime();
    long endNanos = startNanos + TimeUnit.SECONDS.toNanos(seconds);
    long[] last = new long[KEYS];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = i;
      Thread thread = new Thread(() -> put(first, endNanos, last));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] expected = new long[KEYS + 1];
    System.arraycopy(last, 0, expected, 0, KEYS);
    expected[KEYS] = window;
    control.put(EXPECTED, expected);
    awaitPeers(startNanos);
    return Throughput.answer(puts.get() - before, startNanos, System.nanoTime());
  }

  /** Each thread has keys of its own, so the last number of a key is known. */
  private void put(int first, long endNanos, long[] last) {
    for (int key = first; System.nanoTime() < endNanos; ) {
      byte[] value = new byte[VALUE_BYTES];
      last[key] = puts.incrementAndGet();
      ByteBuffer.wrap(value).putLong(last[key]);
      values.put("bench-" + key, value);
      key = key + THREADS < KEYS ? key + THREADS : first;
    }
  }

  private void awaitPeers(long startNanos) throws InterruptedException {
    while (control.values().stream().filter(this::isDone).count() < peers) {
      if (System.nanoTime() - startNanos > LIMIT_NANOS) {
        throw new IllegalStateException("the peers have not received all puts");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private boolean isDone(long[] told) {
    return told.length == 1 && told[0] == window;
  }

  /** Tells the first member whenever all that it expects has arrived here; idle until it does. */
  private void watch(int port) throws InterruptedException {
    BlockingQueue<long[]> expectations = new LinkedBlockingQueue<>();
    EntryAdapter<String, long[]> taken =
        new EntryAdapter<>() {
          @Override
          public void onEntryEvent(EntryEvent<String, long[]> event) {
            expectations.add(event.getValue());
          }
        };
    control.addEntryListener(taken, EXPECTED);
    while (true) {
      long[] expected = expectations.take();
      while (!hasAll(expected)) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      control.put("done-" + port, new long[] {expected[KEYS]});
    }
  }

  private boolean hasAll(long[] expected) {
    for (int key = 0; key < KEYS; key++) {
      byte[] value = values.get("bench-" + key);
      long number = value == null ? 0 : ByteBuffer.wrap(value).getLong();
      if (expected[key] > 0 && number != expected[key]) {
        return false;
      }
    }
    return true;
  }
}
