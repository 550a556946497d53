package io.causa.simulation.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every write that was ever made durable where it was made, and which of them happened before
 * which: a write happened after all that its origin held when it was made.
 *
 * <p>Writes are numbered in the order in which they were made; the past of each is a set of
 * numbers.
 */
final class Truth {

  private final List<Fact> writes = new ArrayList<>();
  private final List<BitSet> pasts = new ArrayList<>();
  private final Map<Name, Integer> numbers = new HashMap<>();
  private final Map<String, List<Integer>> writesOfKey = new HashMap<>();

  /** A write is born. */
  int make(Fact fact, BitSet past) {
    int number = writes.size();
    if (numbers.putIfAbsent(fact.name(), number) != null) {
      throw new Verdict(
          "unique-names", fact.name() + " names two writes: " + known(fact.name()) + ", " + fact);
    }
    long before = past.stream().mapToLong(n -> writes.get(n).lamport()).max().orElse(0);
    if (fact.lamport() <= before) {
      throw new Verdict(
          "lamport", fact + " is not later than all in its past, which reaches " + before);
    }
    writes.add(fact);
    pasts.add((BitSet) past.clone());
    fact.values().keySet().forEach(key -> ofKey(key).add(number));
    return number;
  }

  /** The number of a write that was made, which must be as it was made. */
  int find(Fact fact, String where) {
    int number = number(fact.name(), where);
    if (!writes.get(number).equals(fact)) {
      throw new Verdict("same-write", where + " has " + fact + ", made as " + writes.get(number));
    }
    return number;
  }

  int number(Name name, String where) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new Verdict(
          "durable-first", where + " knows of " + name + ", not durable at its origin");
    }
    return number;
  }

  /** Nobody ever saw the write and it is gone: its name may be given again. */
  void forget(Name name) {
    numbers.remove(name);
  }

  boolean isMade(Name name) {
    return numbers.containsKey(name);
  }

  Fact write(int number) {
    return writes.get(number);
  }

  /** All writes that were made. */
  BitSet numbers() {
    BitSet numbers = new BitSet();
    this.numbers.values().forEach(numbers::set);
    return numbers;
  }

  /** What happened before the write; not to be changed. */
  BitSet past(int number) {
    return pasts.get(number);
  }

  /** The past with the write itself. */
  BitSet closure(int number) {
    BitSet closure = (BitSet) pasts.get(number).clone();
    closure.set(number);
    return closure;
  }

  List<Integer> ofKey(String key) {
    return writesOfKey.computeIfAbsent(key, k -> new ArrayList<>());
  }

  Iterable<String> keys() {
    return writesOfKey.keySet();
  }

  /** The write of the key that wins among these: the latest by Lamport time, then by origin. */
  int winner(String key, BitSet among) {
    int winner = -1;
    for (int write : ofKey(key)) {
      if (among.get(write) && (winner < 0 || wins(write, winner))) {
        winner = write;
      }
    }
    return winner;
  }

  /** Of the key's writes among these the ones that none of the others has in its past. */
  BitSet siblings(String key, BitSet among) {
    BitSet candidates = new BitSet();
    ofKey(key).stream().filter(among::get).forEach(candidates::set);
    BitSet siblings = (BitSet) candidates.clone();
    candidates.stream().forEach(write -> siblings.andNot(past(write)));
    return siblings;
  }

  /** Whether the write leaves the key without a value. */
  boolean deletes(int number, String key) {
    return writes.get(number).values().get(key) == null;
  }

  /** Of the key's writes those that a context covers. */
  BitSet covered(String key, Map<String, Long> context) {
    BitSet covered = new BitSet();
    for (int number : ofKey(key)) {
      Name name = writes.get(number).name();
      covered.set(number, context.getOrDefault(name.origin(), 0L) >= name.sequence());
    }
    return covered;
  }

  /**
   * Whether what was shown of a key is older than that write.
   *
   * @param version null if it had none: it was never written, or deleted and that is forgotten
   */
  boolean isOlder(String key, Name version, int write) {
    return version == null
        ? !deletes(write, key)
        : wins(write, number(version, "who was shown " + key));
  }

  boolean wins(int one, int other) {
    return Rank.ORDER.compare(rank(one), rank(other)) > 0;
  }

  private Rank rank(int number) {
    Fact fact = writes.get(number);
    return new Rank(fact.lamport(), fact.name().origin());
  }

  private Fact known(Name name) {
    return writes.get(numbers.get(name));
  }

  private record Rank(long lamport, String origin) {
    static final Comparator<Rank> ORDER =
        Comparator.comparingLong(Rank::lamport)
            .thenComparing(rank -> rank.origin().substring(0, rank.origin().indexOf('.')))
            .thenComparingLong(
                rank ->
                    Long.parseLong(rank.origin().substring(rank.origin().indexOf('.') + 1), 36));
  }
}
