package io.causa.torture;

import io.causa.client.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends, pauses and cuts off nodes, as its seed says, and brings them back. Never are more away at
 * once than {@link Fleet#mostAway}.
 *
 * <p>Nodes without a disk lose their memory one after the other: the next one only when all others
 * hold what the survivors held. Otherwise nothing could be said about what must survive.
 */
final class Nemesis implements FaultSource {
  private static final long TICK_MILLIS = 50;
  private static final long CALM_MILLIS = 8_000;
  private static final long BACK_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** The end of something that has begun. */
  private record Due(long atNanos, Ending ending) {}

  private interface Ending {
    void run() throws InterruptedException;
  }

  private final Fleet fleet;
  private final NodePower power;
  private final LinkTrouble links;
  private final Random random;
  private final CountDownLatch end;
  private final Recovery afterLoss;
  private final Recovery calm;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::atNanos));
  private final Map<Fleet.Node, Long> startedNanos = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long nextNanos;
  private long longestRecoveryNanos;

  Nemesis(StatusPoll poll, NodePower power, LinkTrouble links, Random random, CountDownLatch end) {
    this.fleet = poll.fleet();
    this.power = power;
    this.links = links;
    this.random = random;
    this.end = end;
    this.afterLoss = new Recovery(poll);
    this.calm = new Recovery(poll);
  }

  @Override
  public Map<String, Integer> counts() {
    return counts;
  }

  @Override
  public List<String> problems() {
    return problems;
  }

  @Override
  public long longestRecoveryNanos() {
    return longestRecoveryNanos;
  }

  @Override
  public String links() {
    return links.name();
  }

  @Override
  public Void call() throws InterruptedException {
    nextNanos = inMillis(500, 1_500);
    while (!end.await(TICK_MILLIS, TimeUnit.MILLISECONDS) && problems.isEmpty()) {
      tick();
    }
    bringAllBack();
    return null;
  }

  private void tick() throws InterruptedException {
    long now = System.nanoTime();
    while (!due.isEmpty() && due.peek().atNanos() <= now) {
      due.remove().ending().run();
    }
    welcome();
    links.spread();
    if (!fleet.isDurable()) {
      afterLoss.look();
    }
    lookAtCalm();
    power.unexpectedEnds().forEach(problems::add);
    if (now >= nextNanos) {
      begin();
      nextNanos = Math.max(nextNanos, inMillis(200, 1_500));
    }
  }

  private void lookAtCalm() throws InterruptedException {
    OptionalLong nanos = calm.look();
    if (nanos.isPresent()) {
      longestRecoveryNanos = Math.max(longestRecoveryNanos, nanos.getAsLong());
      nextNanos = System.nanoTime();
    }
  }

  private void begin() throws InterruptedException {
    calm.cancel();
    int dice = random.nextInt(100);
    if (dice < 8) {
      beCalm();
    } else if (dice < 50) {
      troubleLinks();
    } else if (fleet.away() < fleet.mostAway()) {
      List<Fleet.Node> up = fleet.in(Fleet.State.UP);
      troubleNode(up.get(random.nextInt(up.size())), dice);
    }
  }

  /** Ends whatever is wrong at once, and begins nothing until all nodes agree, or for a while. */
  private void beCalm() throws InterruptedException {
    while (!due.isEmpty()) {
      due.remove().ending().run();
    }
    calm.begin(System.nanoTime());
    nextNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CALM_MILLIS);
  }

  private void troubleLinks() {
    if (!links.inForce() && fleet.all().size() > 1) {
      count("links: " + links.draw().text());
      later(500, 5_000, links::heal);
    }
  }

  private void troubleNode(Fleet.Node node, int dice) throws InterruptedException {
    if (dice < 70) {
      pause(node);
    } else if (fleet.isDurable() || !afterLoss.isOpen()) {
      end(node, dice < 90);
    }
  }

  private void pause(Fleet.Node node) throws InterruptedException {
    count("pause");
    fleet.is(node, Fleet.State.PAUSED);
    power.pause(node.name());
    boolean isLong = random.nextInt(10) == 0;
    later(isLong ? 5_000 : 300, isLong ? 9_000 : 4_000, () -> resume(node));
  }

  private void resume(Fleet.Node node) throws InterruptedException {
    power.resume(node.name());
    fleet.is(node, Fleet.State.UP);
  }

  private void end(Fleet.Node node, boolean atOnce) throws InterruptedException {
    count(atOnce ? "kill" : "stop");
    fleet.is(node, Fleet.State.DOWN);
    if (atOnce) {
      power.kill(node.name());
    } else {
      power.stop(node.name());
    }
    afterLoss.begin(System.nanoTime());
    later(0, 3_000, () -> start(node));
  }

  private void start(Fleet.Node node) {
    fleet.is(node, Fleet.State.COMING_BACK);
    power.start(node.name());
    startedNanos.put(node, System.nanoTime());
  }

  private void welcome() throws InterruptedException {
    for (Fleet.Node node : fleet.in(Fleet.State.COMING_BACK)) {
      if (Waiting.result(node.client().ready()) instanceof Answer.Done) {
        links.isNew(node);
        fleet.is(node, Fleet.State.UP);
      } else if (System.nanoTime() - startedNanos.get(node) > BACK_NANOS) {
        problems.add(node.name() + " is not ready a minute after its start");
      }
    }
  }

  /** The faults end, every process runs, every node is ready; or else there is a problem. */
  private void bringAllBack() throws InterruptedException {
    links.heal();
    while (!due.isEmpty()) {
      due.remove().ending().run();
    }
    long deadline = System.nanoTime() + BACK_NANOS;
    while (problems.isEmpty() && !(fleet.allUp() && links.spread())) {
      if (System.nanoTime() > deadline) {
        problems.add("not all nodes are ready a minute after the end of the load: " + fleet);
      }
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      welcome();
    }
    power.unexpectedEnds().forEach(problems::add);
  }

  private void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  private void later(int leastMillis, int mostMillis, Ending ending) {
    due.add(new Due(inMillis(leastMillis, mostMillis), ending));
  }

  private long inMillis(int least, int most) {
    return System.nanoTime()
        + TimeUnit.MILLISECONDS.toNanos(least + random.nextInt(most - least + 1));
  }
}
