package io.causa.simulation.check;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the observers know together: all writes and what caused them, what every directory really
 * holds, and what was lost with one.
 */
final class Evidence {

  private final Truth truth = new Truth();
  private final Map<String, Directory> directories = new TreeMap<>();
  private final Map<Integer, String> acknowledged = new HashMap<>();
  private final Map<String, String> heirs = new HashMap<>();
  private Predicate<Name> givenUp = name -> false;
  private final BitSet marked = new BitSet();
  private final BitSet lost = new BitSet();
  private final BitSet cut = new BitSet();

  Truth truth() {
    return truth;
  }

  /** The directory of a replica, made when it is asked for first. */
  Directory directory(String replica) {
    return directories.computeIfAbsent(replica, Directory::new);
  }

  Collection<Directory> directories() {
    return directories.values();
  }

  /** The directory has another owner. */
  void inherit(String before, String after) {
    directories.put(after, directory(before).of(after, truth));
    remove(before);
    heirs.put(before, after);
  }

  /** The directory that the replica has, or that its heir got from it. */
  Directory directoryOrHeirs(String replica) {
    String owner = replica;
    while (heirs.containsKey(owner)) {
      owner = heirs.get(owner);
    }
    return directory(owner);
  }

  /** The directory does not exist any more. */
  void remove(String replica) {
    directories.remove(replica);
  }

  /** The writes that clients know to be done, with the session of each. */
  Map<Integer, String> acknowledged() {
    return acknowledged;
  }

  /** The writes that at some moment no directory held any more; to be added to. */
  BitSet lost() {
    return lost;
  }

  /** The writes that at some moment some directory lost; to be added to. */
  BitSet cut() {
    return cut;
  }

  /** Sets how it is known what the nodes have agreed to wait for no more. */
  void giveUp(Predicate<Name> judge) {
    givenUp = judge;
  }

  /** Takes out the writes that the nodes have agreed to wait for no more. */
  void removeGivenUp(BitSet numbers) {
    for (int number : numbers.stream().filter(this::isGivenUp).toArray()) {
      numbers.clear(number);
    }
  }

  /** A node has learnt what to wait for no more: that stays so for all who were told since. */
  void markGivenUp() {
    truth.numbers().stream().forEach(this::isGivenUp);
  }

  private boolean isGivenUp(int number) {
    if (!marked.get(number) && givenUp.test(truth.write(number).name())) {
      marked.set(number);
    }
    return marked.get(number);
  }

  /** Whether some write was made that the nodes have agreed to wait for no more. */
  boolean hasGivenUp() {
    return truth.numbers().stream().anyMatch(this::isGivenUp);
  }

  /** Whether no directory holds the write any more. */
  boolean isNowhere(int number) {
    return directories.values().stream().noneMatch(other -> other.durable().get(number));
  }

  String nameOf(BitSet numbers) {
    return nameOf(numbers.nextSetBit(0));
  }

  String nameOf(int number) {
    return number < 0 ? "nothing" : truth.write(number).name().toString();
  }

  List<String> namesOf(BitSet numbers) {
    return numbers.stream().mapToObj(this::nameOf).toList();
  }
}
