package io.causa.simulation;

import io.causa.core.Mutation;
import io.causa.core.Mutation.Delete;
import io.causa.core.Mutation.Put;
import io.causa.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the clients of a run ask for, until so many requests are made; every value is unique. */
final class Workload {

  /** No write is larger. */
  static final int MOST_WRITE_BYTES = 4000;

  private final Dice dice;
  private final List<String> keys;
  private final int snapshotShare;
  private final int writeShare;
  private final int deleteShare;
  private final long mostPauseMillis;
  private int remaining;
  private long values;

  Workload(int operations, Dice dice) {
    this.dice = dice;
    this.remaining = operations;
    this.keys = IntStream.range(0, 2 + dice.below(8)).mapToObj(i -> "k" + i).toList();
    this.writeShare = 20 + dice.below(70);
    this.snapshotShare = dice.below(50);
    this.deleteShare = dice.pick(List.of(5, 12, 40));
    this.mostPauseMillis = dice.pick(List.of(2L, 20L, 200L, 1000L));
  }

  List<String> keys() {
    return keys;
  }

  boolean isDone() {
    return remaining <= 0;
  }

  /** No further requests are made. */
  void end() {
    remaining = 0;
  }

  /** Whether there is one more request to make; it counts as made. */
  boolean takeOne() {
    return remaining-- > 0;
  }

  long pauseMillis() {
    return dice.between(0, mostPauseMillis);
  }

  boolean nextIsWrite() {
    return dice.below(100) < writeShare;
  }

  boolean nextIsSnapshot() {
    return dice.below(100) < snapshotShare;
  }

  String key() {
    return dice.pick(keys);
  }

  /** Some keys, none twice. */
  List<String> someKeys() {
    List<String> some = new ArrayList<>(keys);
    some.removeIf(key -> dice.chance(0.4));
    return some.isEmpty() ? List.of(key()) : some;
  }

  /** One mutation, or several in one write. */
  List<Mutation> mutations() {
    List<String> changed = dice.chance(0.2) ? someKeys() : List.of(key());
    return changed.stream().map(this::mutation).toList();
  }

  private Mutation mutation(String key) {
    return dice.below(100) < deleteShare ? new Delete(key) : put(key);
  }

  private Mutation put(String key) {
    String value = "v" + ++values;
    return new Put(key, Value.text(dice.chance(0.1) ? value + "-".repeat(300) : value));
  }
}
