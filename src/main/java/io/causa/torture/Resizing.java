package io.causa.torture;

import io.causa.client.Answer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the cluster grow under load, node by node, and shrink again: each node that leaves is
 * stopped in good order, and forgotten once the others take it for silent. Ends when that is done.
 */
final class Resizing implements FaultSource {
  private static final long POLL_MILLIS = 50;
  private static final long STEP_SECONDS = 60;

  private final StatusPoll poll;
  private final Fleet fleet;
  private final NodePower power;
  private final PrintStream out;
  private final CountDownLatch end;
  private final List<Fleet.Node> joiners;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private volatile String step = "none";
  private long longestJoinNanos;

  /**
   * @param founders how many of the fleet's nodes run already; all others join and leave
   * @param end when the time is over, however far this is
   */
  Resizing(StatusPoll poll, NodePower power, int founders, PrintStream out, CountDownLatch end) {
    this.poll = poll;
    this.fleet = poll.fleet();
    this.power = power;
    this.out = out;
    this.end = end;
    this.joiners = List.copyOf(fleet.all().subList(founders, fleet.all().size()));
    joiners.forEach(node -> fleet.is(node, Fleet.State.DOWN));
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
    return longestJoinNanos;
  }

  @Override
  public String links() {
    return step;
  }

  @Override
  public Void call() throws InterruptedException {
    calm();
    for (Fleet.Node joiner : joiners) {
      join(joiner);
      calm();
    }
    List<Fleet.Node> leavers = new ArrayList<>(joiners);
    Collections.reverse(leavers);
    for (Fleet.Node leaver : leavers) {
      leave(leaver);
      calm();
    }
    step = "none";
    problems.addAll(power.unexpectedEnds());
    return null;
  }

  private void join(Fleet.Node node) throws InterruptedException {
    step = node.name() + " joins";
    long begin = System.nanoTime();
    power.start(node.name());
    fleet.is(node, Fleet.State.COMING_BACK);
    if (within(() -> Waiting.result(node.client().ready()) instanceof Answer.Done)) {
      fleet.is(node, Fleet.State.UP);
      long nanos = System.nanoTime() - begin;
      longestJoinNanos = Math.max(longestJoinNanos, nanos);
      counts.merge("join", 1, Integer::sum);
      out.printf("%s joined after %.1f s%n", node.name(), nanos / 1e9);
      poll.ask(fleet.in(Fleet.State.UP));
    } else {
      problems.add("%s is not ready after %d s".formatted(node.name(), STEP_SECONDS));
    }
  }

  private void leave(Fleet.Node node) throws InterruptedException {
    step = node.name() + " leaves";
    long begin = System.nanoTime();
    fleet.is(node, Fleet.State.DOWN);
    power.stop(node.name());
    fleet.leave(node);
    Fleet.Node first = fleet.all().get(0);
    if (within(
        () -> Waiting.result(first.client().forget(node.name())) instanceof Answer.Forgotten)) {
      counts.merge("leave and forget", 1, Integer::sum);
      out.printf(
          "%s left and is forgotten after %.1f s%n",
          node.name(), (System.nanoTime() - begin) / 1e9);
    } else {
      problems.add(
          "%s does not forget %s within %d s".formatted(first.name(), node.name(), STEP_SECONDS));
    }
  }

  /** Some load between two changes; none when the time is over. */
  private void calm() throws InterruptedException {
    end.await(1, TimeUnit.SECONDS);
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static boolean within(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }
}
