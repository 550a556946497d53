package io.causa.torture;

import io.causa.client.Ask;
import io.causa.history.Access;
import io.causa.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Generates the operations of one client at random. Some keys are asked for more often than others.
 */
final class OperationGenerator {
  private static final int MOST_KEYS_TOGETHER = 5;
  private static final int PERCENT_DELETE_IN_BATCH = 15;
  private static final int PERCENT_ACKS = 6;
  private static final int PERCENT_ASYNC = 3;
  private static final int PERCENT_PLAIN = 25;

  private final Random random;
  private final int keys;
  private final boolean hasPeers;

  OperationGenerator(Random random, int keys, boolean hasPeers) {
    this.random = random;
    this.keys = keys;
    this.hasPeers = hasPeers;
  }

  static String key(int number) {
    return "k%03d".formatted(number);
  }

  Operation operation() {
    int dice = random.nextInt(100);
    if (dice < 32) {
      return Operation.PUT;
    }
    if (dice < 38) {
      return Operation.DELETE;
    }
    if (dice < 46) {
      return Operation.BATCH;
    }
    return dice < 82 ? Operation.GET : Operation.SNAPSHOT;
  }

  /**
   * @param values gives a value that was never written before
   */
  List<Access> accesses(Operation operation, Supplier<String> values) {
    boolean several = operation == Operation.BATCH || operation == Operation.SNAPSHOT;
    Set<String> chosen = new LinkedHashSet<>();
    int most = several ? 2 + random.nextInt(MOST_KEYS_TOGETHER - 1) : 1;
    for (int i = 0; i < most; i++) {
      chosen.add(key(Math.min(random.nextInt(keys), random.nextInt(keys))));
    }
    List<Access> accesses = new ArrayList<>();
    chosen.forEach(key -> accesses.add(new Access(key, value(operation, values), null)));
    return accesses;
  }

  private String value(Operation operation, Supplier<String> values) {
    boolean puts =
        operation == Operation.PUT
            || operation == Operation.BATCH && random.nextInt(100) >= PERCENT_DELETE_IN_BATCH;
    return puts ? values.get() : null;
  }

  Ask ask(Operation operation) {
    boolean plain = random.nextInt(100) < PERCENT_PLAIN;
    Ask ask = plain ? Ask.PLAIN : Ask.PLAIN.withWaitSeconds(random.nextInt(2));
    if (!operation.writes()) {
      return ask;
    }
    int dice = random.nextInt(100);
    if (hasPeers && dice < PERCENT_ACKS) {
      return ask.withAcks(1);
    }
    return ask.respondingAsync(dice >= 100 - PERCENT_ASYNC);
  }
}
