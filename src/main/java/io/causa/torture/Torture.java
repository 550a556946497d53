package io.causa.torture;

import io.causa.client.Ask;
import io.causa.client.CausaClient;
import io.causa.client.NodeStatus;
import io.causa.history.Access;
import io.causa.history.HistoryChecks;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A random load and random faults on running nodes, then peace, then a verdict, in the manner of
 * Jepsen. Blocks its thread, which must not be an event loop.
 *
 * <p>Which requests each client makes and which faults come in which order follows from the seed;
 * how they meet does not, as these are real processes.
 */
public final class Torture {
  private static final long SETTLE_MILLIS = 60_000;

  private final TortureOptions options;
  private final PrintStream out;
  private final List<Fleet.Node> nodes = new ArrayList<>();
  private final Fleet fleet;
  private final StatusPoll poll;
  private final FaultSource faultSource;
  private final List<PatientReader> readers = new ArrayList<>();
  private final CountDownLatch endOfLoad = new CountDownLatch(1);
  private final CountDownLatch endOfFaults = new CountDownLatch(1);

  /**
   * Faults are drawn and brought about here.
   *
   * @param urls every node's address by its name; all of them serve
   * @param out where progress is printed, a line each second
   */
  public Torture(
      Vertx vertx,
      TortureOptions options,
      Map<String, String> urls,
      NodePower power,
      PrintStream out) {
    this(clients(vertx), options, urls, (poll, end) -> nemesis(options, poll, power, end), 0, out);
  }

  /**
   * The cluster grows under load and shrinks again; nothing else happens to it.
   *
   * @param urls every node's address by its name
   * @param founders how many of them, the first ones, serve already
   * @param out where progress is printed, a line each second and one for each change
   */
  public static Torture resizing(
      Vertx vertx,
      TortureOptions options,
      Map<String, String> urls,
      NodePower power,
      int founders,
      PrintStream out) {
    return new Torture(
        clients(vertx),
        options,
        urls,
        (poll, end) -> new Resizing(poll, power, founders, out, end),
        0,
        out);
  }

  /**
   * Another program brings faults about and reports them. Beside the load a patient reader for each
   * node finds out how long an outage is for clients that try again.
   *
   * @param clients opens a client of each node
   * @param script the lines of that program, in the words of {@link FaultScript}
   */
  public Torture(
      Function<String, CausaClient> clients,
      TortureOptions options,
      Map<String, String> urls,
      BufferedReader script,
      PrintStream out) {
    this(
        clients,
        options,
        urls,
        (poll, end) -> new FaultScript(script, out, poll, end),
        urls.size(),
        out);
  }

  private static Function<String, CausaClient> clients(Vertx vertx) {
    return url -> CausaClient.open(vertx, url);
  }

  private Torture(
      Function<String, CausaClient> clients,
      TortureOptions options,
      Map<String, String> urls,
      BiFunction<StatusPoll, CountDownLatch, FaultSource> faults,
      int patientReaders,
      PrintStream out) {
    this.options = options;
    this.out = out;
    urls.forEach((name, url) -> nodes.add(new Fleet.Node(name, clients.apply(url))));
    fleet = new Fleet(nodes, options.durable());
    poll = new StatusPoll(fleet);
    faultSource = faults.apply(poll, endOfFaults);
    for (int home = 0; home < patientReaders; home++) {
      Random random = new Random(options.seed() + 2 + home);
      readers.add(new PatientReader(nodes, home, options.keys(), random, endOfLoad));
    }
  }

  private static FaultSource nemesis(
      TortureOptions options, StatusPoll poll, NodePower power, CountDownLatch end) {
    Random random = new Random(options.seed());
    LinkTrouble links = new LinkTrouble(poll.fleet(), new Random(random.nextLong()));
    return new Nemesis(poll, power, links, new Random(random.nextLong()), end);
  }

  /** Tortures the nodes and judges what their clients saw. */
  public TortureReport run() throws InterruptedException {
    Recorder recorder = new Recorder(fleet, new Versions(lastingReplicas()));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Void>> clients = startClients(recorder, threads);
      Future<Void> faults = threads.submit(faultSource);
      long start = System.nanoTime();
      follow(recorder, start, faults);
      endOfFaults.countDown();
      endOfLoad.countDown();
      for (Future<Void> client : clients) {
        await(client);
      }
      long loadNanos = System.nanoTime() - start;
      await(faults);
      return judge(recorder, loadNanos);
    } finally {
      endOfLoad.countDown();
      endOfFaults.countDown();
      threads.shutdownNow();
      nodes.forEach(node -> node.client().close());
    }
  }

  /** With disks a name means one replica for good. */
  private Map<String, String> lastingReplicas() throws InterruptedException {
    Map<String, String> replicas = new HashMap<>();
    if (options.durable()) {
      for (NodeStatus status : poll.ask(fleet.in(Fleet.State.UP)).values()) {
        replicas.put(status.id(), status.replica());
      }
    }
    return replicas;
  }

  private List<Future<Void>> startClients(Recorder recorder, ExecutorService threads) {
    AtomicReference<String> handOver = new AtomicReference<>();
    Random random = new Random(options.seed() + 1);
    long interval = TimeUnit.SECONDS.toNanos(1) * options.clients() / options.operationsPerSecond();
    List<Future<Void>> clients = new ArrayList<>();
    for (int i = 1; i <= options.clients(); i++) {
      clients.add(
          threads.submit(
              new LoadClient(
                  "c" + i,
                  new Random(random.nextLong()),
                  options.keys(),
                  fleet,
                  recorder,
                  handOver,
                  endOfLoad,
                  interval)));
    }
    readers.forEach(reader -> clients.add(threads.submit(reader)));
    return clients;
  }

  /** A line each second, until the time is over or the nemesis has given up. */
  private void follow(Recorder recorder, long start, Future<Void> faults)
      throws InterruptedException {
    int before = 0;
    long end = start + TimeUnit.MILLISECONDS.toNanos(options.loadMillis());
    while (System.nanoTime() < end && !faults.isDone()) {
      long left = end - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
      int now = recorder.size();
      out.printf(
          "%4d s %6d ops/s   %d of %d nodes away   links: %-10s %s%n",
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
          now - before,
          fleet.away(),
          fleet.all().size(),
          faultSource.links(),
          fleet.away() == 0 ? "" : fleet);
      before = now;
    }
  }

  private TortureReport judge(Recorder recorder, long loadNanos) throws InterruptedException {
    List<String> problems = new ArrayList<>(faultSource.problems());
    Settling.Result settled = new Settling(poll).await(problems.isEmpty() ? SETTLE_MILLIS : 0);
    settled.problem().ifPresent(problems::add);
    for (Fleet.Node node : fleet.in(Fleet.State.UP)) {
      readAll(node, recorder, problems);
    }
    List<HistoryEvent> history = recorder.events();
    List<String> survivors = fleet.all().stream().map(fleet::label).toList();
    Clock clock = EndedGenerations.added(settled.clock(), history, nodes.get(0).client());
    Losses losses = Losses.of(history, clock, survivors, options.durable());
    if (losses.wrong() > 0) {
      problems.add(
          "%,d acknowledged writes are nowhere in the end, for example %s"
              .formatted(losses.wrong(), losses.example()));
    }
    List<String> checks = checks();
    return new TortureReport(
        history,
        checks,
        HistoryChecks.check(history, checks),
        faultSource.counts(),
        loadNanos,
        Math.max(settled.nanos(), faultSource.longestRecoveryNanos()),
        settled.stranded(),
        losses.byDesign(),
        readers.stream().mapToLong(PatientReader::longestNanos).max().orElse(0),
        problems);
  }

  /** Without disks, a write that only one node ever had goes with that node. */
  private List<String> checks() {
    List<String> checks = new ArrayList<>(HistoryChecks.names());
    if (!options.durable()) {
      checks.remove(HistoryChecks.NO_LOST_WRITE);
    }
    return checks;
  }

  private void readAll(Fleet.Node node, Recorder recorder, List<String> problems)
      throws InterruptedException {
    int unread = 0;
    for (int key = 0; key < options.keys(); key++) {
      List<Access> access = List.of(new Access(OperationGenerator.key(key), null, null));
      var request =
          new Recorder.Request("end-" + node.name(), node, Operation.FINAL, access, Ask.PLAIN);
      unread +=
          Recorder.outcome(recorder.send(request), Operation.FINAL) == Outcome.REFUSED ? 1 : 0;
    }
    if (unread > 0) {
      problems.add("%s refuses %d of the reads at the end".formatted(node.name(), unread));
    }
  }

  private static void await(Future<Void> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client or the nemesis failed", e.getCause());
    }
  }
}
