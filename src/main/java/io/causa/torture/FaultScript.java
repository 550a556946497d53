package io.causa.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Faults that another program brings about and reports, a line each:
 *
 * <pre>
 *   fault WORDS   something is wrong from now on
 *   away NODE     the node does not serve
 *   back NODE     its process runs again
 *   healed        nothing is wrong any more: prints {@code converged N ms} as soon as all nodes
 *                 have what any of them had at this moment
 *   end           no more faults, and no more load; the end of the input says the same
 * </pre>
 */
final class FaultScript implements FaultSource {
  private static final long TICK_MILLIS = 50;
  private static final int MOST_LINES_AHEAD = 64;
  private static final String END = "end";

  private final BufferedReader in;
  private final PrintStream out;
  private final Fleet fleet;
  private final Recovery recovery;
  private final CountDownLatch end;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_LINES_AHEAD);
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private volatile String fault = "none";
  private long longestRecoveryNanos;

  /**
   * @param out where convergence is told
   * @param end when the time is over whatever is said
   */
  FaultScript(BufferedReader in, PrintStream out, StatusPoll poll, CountDownLatch end) {
    this.in = in;
    this.out = out;
    this.fleet = poll.fleet();
    this.recovery = new Recovery(poll);
    this.end = end;
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
    return fault;
  }

  @Override
  public Void call() throws InterruptedException {
    Thread reader = new Thread(this::read, "fault-script");
    reader.setDaemon(true);
    reader.start();
    String line = "";
    while (!END.equals(line) && end.getCount() > 0) {
      String next = lines.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      line = next == null ? "" : next.strip();
      obey(line);
      lookIfConverged();
    }
    fleet.all().forEach(node -> fleet.is(node, Fleet.State.UP));
    return null;
  }

  private void read() {
    try {
      String line = in.readLine();
      while (line != null) {
        lines.put(line);
        line = in.readLine();
      }
      lines.put(END);
    } catch (IOException | InterruptedException broken) {
      // The other program is gone, or this one ends: no more lines will come.
      lines.offer(END);
    }
  }

  private void obey(String line) {
    String word = line.split(" ", 2)[0];
    String rest = line.substring(word.length()).strip();
    switch (word) {
      case "", END -> {}
      case "fault" -> begin(rest);
      case "healed" -> heal();
      case "away" -> is(rest, Fleet.State.PAUSED);
      case "back" -> is(rest, Fleet.State.UP);
      default -> problems.add("\"" + line + "\" says nothing about faults");
    }
  }

  private void begin(String what) {
    fault = what;
    counts.merge(what, 1, Integer::sum);
    recovery.cancel();
  }

  private void heal() {
    fault = "none";
    recovery.begin(System.nanoTime());
  }

  private void is(String name, Fleet.State state) {
    Optional<Fleet.Node> found =
        fleet.all().stream().filter(node -> node.name().equals(name)).findFirst();
    found.ifPresentOrElse(
        node -> fleet.is(node, state), () -> problems.add("there is no node \"" + name + "\""));
  }

  private void lookIfConverged() throws InterruptedException {
    OptionalLong nanos = recovery.look();
    if (nanos.isPresent()) {
      longestRecoveryNanos = Math.max(longestRecoveryNanos, nanos.getAsLong());
      out.printf("converged %d ms%n", TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong()));
    }
  }
}
