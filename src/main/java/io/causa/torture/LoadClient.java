package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.Ask;
import io.causa.history.Operation;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One client after the other on one thread, each a session that goes to a random node with every
 * request and carries its context there. What is asked follows from the seed.
 */
final class LoadClient implements Callable<Void> {
  private static final int UNMET_BEFORE_GIVING_UP = 3;
  private static final int PERMILLE_NEW_SESSION = 10;
  private static final int PERCENT_STRANGER = 8;
  private static final int PERCENT_LEFT_TO_CHANCE = 10;

  private final String name;
  private final Random random;
  private final OperationGenerator generator;
  private final Fleet fleet;
  private final Recorder recorder;
  private final AtomicReference<String> handOver;
  private final CountDownLatch end;
  private final long intervalNanos;

  private int sessions;
  private int strangers;
  private int values;
  private String context;
  private int unmet;

  /**
   * @param handOver a context that any client leaves there for any other
   * @param intervalNanos from the start of one request to that of the next, unless it takes longer
   */
  LoadClient(
      String name,
      Random random,
      int keys,
      Fleet fleet,
      Recorder recorder,
      AtomicReference<String> handOver,
      CountDownLatch end,
      long intervalNanos) {
    this.name = name;
    this.random = random;
    this.generator = new OperationGenerator(random, keys, fleet.all().size() > 1);
    this.fleet = fleet;
    this.recorder = recorder;
    this.handOver = handOver;
    this.end = end;
    this.intervalNanos = intervalNanos;
  }

  @Override
  public Void call() throws InterruptedException {
    newSession(null);
    long next = System.nanoTime() + random.nextLong(intervalNanos);
    while (!end.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      step();
      next = Math.max(next + intervalNanos, System.nanoTime());
    }
    return null;
  }

  private void step() throws InterruptedException {
    Fleet.Node node = pickNode();
    if (random.nextInt(100) < PERCENT_STRANGER) {
      look(node);
      return;
    }
    if (random.nextInt(1000) < PERMILLE_NEW_SESSION) {
      newSession(random.nextBoolean() ? handOver.get() : null);
    }
    Operation operation = generator.operation();
    Ask ask = generator.ask(operation).withContext(context);
    String session = name + "." + sessions;
    var accesses = generator.accesses(operation, () -> session + "-" + ++values);
    learn(recorder.send(new Recorder.Request(session, node, operation, accesses, ask)));
  }

  /** Somebody who knows nothing reads once: a node must not show less than it has shown before. */
  private void look(Fleet.Node node) throws InterruptedException {
    String stranger = name + ".x" + ++strangers;
    Operation operation = random.nextBoolean() ? Operation.GET : Operation.SNAPSHOT;
    var accesses = generator.accesses(operation, () -> null);
    recorder.send(new Recorder.Request(stranger, node, operation, accesses, Ask.PLAIN));
  }

  private void learn(Answer answer) {
    boolean known =
        !(answer instanceof Answer.Refused
            || answer instanceof Answer.Buffered
            || answer instanceof Answer.Unreachable);
    if (known && answer.marks().context() != null) {
      context = answer.marks().context();
      handOver.set(context);
    }
    boolean isUnmet =
        answer instanceof Answer.Refused refused && refused.type().equals("dependency-not-met");
    unmet = isUnmet ? unmet + 1 : 0;
    if (unmet == UNMET_BEFORE_GIVING_UP) {
      newSession(null);
    }
  }

  /** What a context names may be gone for good; then only somebody else can go on. */
  private void newSession(String from) {
    sessions++;
    context = from;
    unmet = 0;
  }

  /** Most clients know which nodes serve; some find out. */
  private Fleet.Node pickNode() {
    List<Fleet.Node> up = fleet.in(Fleet.State.UP);
    boolean any = up.isEmpty() || random.nextInt(100) < PERCENT_LEFT_TO_CHANCE;
    List<Fleet.Node> among = any ? fleet.all() : up;
    return among.get(random.nextInt(among.size()));
  }
}
