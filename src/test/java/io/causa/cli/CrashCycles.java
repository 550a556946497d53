package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.causa.client.KeyDetail;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One node, killed (KILL) at random moments while many clients write, and started again: after each
 * start everything that it had acknowledged must be there, under the version it had then.
 */
final class CrashCycles implements AutoCloseable {

  private static final int WRITERS = 32;
  private static final int KEYS_PER_READ = 100;
  private static final long PATIENCE_SECONDS = 60;
  private static final long PROBE_MILLIS = 5;

  private final Vertx vertx = ClientVertx.start();
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final CrashLedger ledger = new CrashLedger();
  private final LocalNode node;
  private final CausaClient client;
  private final Random random;
  private final int mostWrites;
  private long killedNanos;
  private int kills;

  /**
   * @param flags beside those for ports and directory
   * @param mostWrites how many writes are acknowledged before a kill, at the most
   */
  CrashCycles(
      Installation installation, Path directory, List<String> flags, int mostWrites, long seed) {
    Ports ports = new Ports(ClusterPlan.HOST);
    int http = ports.free();
    String cluster = Integer.toString(ports.free());
    List<String> all =
        new ArrayList<>(List.of("--id", "node1", "--host", ClusterPlan.HOST, "--port", "" + http));
    all.addAll(List.of("--cluster-host", ClusterPlan.HOST, "--cluster-port", cluster));
    all.addAll(List.of("--bus-port", "" + ports.free()));
    all.addAll(List.of("--join", ClusterPlan.HOST + ":" + cluster));
    all.addAll(List.of("--data", directory.resolve("data").toString()));
    all.addAll(flags);
    Path log = directory.resolve("node1.log");
    node = new LocalNode(new NodePlan("node1", ClusterPlan.HOST, http, all, log), installation);
    client = CausaClient.open(vertx, node.plan().url());
    random = new Random(seed);
    this.mostWrites = mostWrites;
  }

  /**
   * @param cycles how many kills
   * @param progress is told the figures after each cycle
   */
  CrashReport run(int cycles, Consumer<CrashReport> progress) throws InterruptedException {
    start();
    for (int cycle = 1; cycle <= cycles; cycle++) {
      ledger.beginCycle();
      loadAndKill(cycle);
      start();
      lookFor(ledger.cycleKeys());
      progress.accept(ledger.report(kills));
    }
    lookFor(ledger.acknowledgedKeys());
    return ledger.report(kills);
  }

  private void start() throws InterruptedException {
    node.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (node.state() != LocalNode.State.READY) {
      if (System.nanoTime() > end || !node.isAlive()) {
        throw new IllegalStateException("not ready after kill " + kills + ": " + node.epitaph());
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  /** The moment is drawn as a number of acknowledgements, so it lies under load on any machine. */
  private void loadAndKill(int cycle) throws InterruptedException {
    Semaphore acknowledged = new Semaphore(0);
    List<Future<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String prefix = "c%d-w%d-".formatted(cycle, writer);
      writers.add(threads.submit(() -> write(prefix, acknowledged)));
    }
    int moment = 1 + random.nextInt(mostWrites);
    boolean reached = acknowledged.tryAcquire(moment, PATIENCE_SECONDS, TimeUnit.SECONDS);
    node.kill();
    killedNanos = System.nanoTime();
    kills++;
    node.awaitEnd();
    for (var writer : writers) {
      await(writer);
    }
    if (!reached) {
      throw new IllegalStateException("no " + moment + " writes in " + PATIENCE_SECONDS + " s");
    }
  }

  /** Writes one key after the other until the node is gone. */
  private Void write(String prefix, Semaphore acknowledged) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    while (true) {
      String key = prefix + count.incrementAndGet();
      Answer answer = result(client.put(key, key, Ask.PLAIN));
      if (!(answer instanceof Answer.Written written)) {
        ledger.unanswered(key);
        return null;
      }
      ledger.acknowledge(key, written.marks().version());
      acknowledged.release();
    }
  }

  private void lookFor(List<String> keys) throws InterruptedException {
    for (int from = 0; from < keys.size(); from += KEYS_PER_READ) {
      List<String> some = keys.subList(from, Math.min(from + KEYS_PER_READ, keys.size()));
      if (!(result(client.snapshot(some, Ask.PLAIN)) instanceof Answer.Snapshot snapshot)) {
        throw new IllegalStateException("the node does not answer a read of " + some);
      }
      for (String key : some) {
        KeyDetail found = snapshot.details().get(key);
        String version = found == null || found.value() == null ? null : found.version();
        ledger.lookedFor(key, version, killedNanos);
      }
    }
  }

  private static <T> T result(io.vertx.core.Future<T> future) throws InterruptedException {
    return ClientVertx.await(future);
  }

  private static void await(Future<Void> writer) throws InterruptedException {
    try {
      writer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a writer failed", e.getCause());
    }
  }

  /** Ends the node and everything else. */
  @Override
  public void close() {
    node.kill();
    threads.shutdownNow();
    client.close();
    vertx.close();
  }
}
