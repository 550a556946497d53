package io.causa.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Histories of any length, right by construction: all clients of one perfect store, which hands out
 * versions in one order.
 */
final class LongHistories {
  private final Random random;
  private final Map<String, Access> store = new HashMap<>();
  private final List<HistoryEvent> events = new ArrayList<>();
  private final Map<String, String> contexts = new HashMap<>();

  private LongHistories(long seed) {
    random = new Random(seed);
  }

  static List<HistoryEvent> of(int operations, int clients, int keys, long seed) {
    LongHistories histories = new LongHistories(seed);
    for (int i = 0; i < operations; i++) {
      histories.step(i, clients, keys);
    }
    return histories.events;
  }

  private void step(int i, int clients, int keys) {
    String client = "client" + random.nextInt(clients);
    String node = "node" + (1 + random.nextInt(3));
    String key = "key" + random.nextInt(keys);
    int dice = random.nextInt(10);
    Access access =
        switch (dice) {
          case 0 -> new Access(key, null, node + ":" + i);
          case 1, 2, 3, 4 -> new Access(key, "value" + i, node + ":" + i);
          default -> store.getOrDefault(key, new Access(key, null, null));
        };
    store.put(key, access);
    Operation operation = dice == 0 ? Operation.DELETE : dice < 5 ? Operation.PUT : Operation.GET;
    boolean absent = operation == Operation.GET && access.value() == null;
    String out = "context" + i;
    events.add(
        new HistoryEvent(
            client,
            node,
            operation,
            List.of(access),
            contexts.put(client, out),
            out,
            i * 10L,
            i * 10L + 5,
            absent ? Outcome.ABSENT : Outcome.OK));
  }
}
