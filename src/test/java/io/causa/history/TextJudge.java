package io.causa.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checker as somebody else would write it, who has nothing but the text: causal convergence by
 * its bad patterns (Bouajjani et al., POPL 2017), for short histories with unique values. A
 * transaction is one node of the graph.
 */
final class TextJudge {
  private static final Pattern LINE = Pattern.compile("([rw])\\((\\d+),(\\d+),(\\d+),(\\d+)\\)");

  private record Item(long key, long value) {}

  private record Transaction(List<Item> reads, List<Item> writes, BitSet causes) {}

  private final List<Transaction> transactions = new ArrayList<>();
  private final Map<Item, Integer> writers = new HashMap<>();
  private final Map<Long, List<Integer>> writersOfKey = new HashMap<>();

  private TextJudge(List<String> lines) {
    Map<String, Integer> lastOfSession = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (String line : lines) {
      Matcher it = LINE.matcher(line);
      if (!it.matches()) {
        throw new IllegalArgumentException(line);
      }
      int number = numbers.computeIfAbsent(it.group(5), x -> open(lastOfSession.get(it.group(4))));
      lastOfSession.put(it.group(4), number);
      add(number, it.group(1), new Item(Long.parseLong(it.group(2)), Long.parseLong(it.group(3))));
    }
  }

  /** What is wrong, "" if nothing is. */
  static String faultOf(List<String> lines) {
    return new TextJudge(lines).fault();
  }

  private int open(Integer before) {
    BitSet causes = new BitSet();
    if (before != null) {
      causes.set(before);
    }
    transactions.add(new Transaction(new ArrayList<>(), new ArrayList<>(), causes));
    return transactions.size() - 1;
  }

  private void add(int number, String operation, Item item) {
    if (operation.equals("r")) {
      transactions.get(number).reads().add(item);
      return;
    }
    transactions.get(number).writes().add(item);
    if (item.value() == 0 || writers.put(item, number) != null) {
      throw new IllegalArgumentException("values must be unique, and not 0: " + item);
    }
    writersOfKey.computeIfAbsent(item.key(), x -> new ArrayList<>()).add(number);
  }

  private String fault() {
    for (Transaction transaction : transactions) {
      for (Item read : transaction.reads()) {
        if (read.value() != 0 && !writers.containsKey(read)) {
          return "thin air: " + read;
        }
        if (read.value() != 0) {
          transaction.causes().set(writers.get(read));
        }
      }
    }
    List<BitSet> past = closure(transactions.stream().map(Transaction::causes).toList());
    if (isCyclic(past)) {
      return "cyclic causality";
    }
    List<BitSet> conflicts = past.stream().map(x -> (BitSet) x.clone()).toList();
    for (int reader = 0; reader < transactions.size(); reader++) {
      for (Item read : transactions.get(reader).reads()) {
        String fault = judge(reader, read, past, conflicts);
        if (!fault.isEmpty()) {
          return fault;
        }
      }
    }
    return isCyclic(closure(conflicts)) ? "cyclic conflicts" : "";
  }

  private String judge(int reader, Item read, List<BitSet> past, List<BitSet> conflicts) {
    for (int other : writersOfKey.getOrDefault(read.key(), List.of())) {
      if (past.get(reader).get(other) && read.value() == 0) {
        return "initial value after a write: " + read;
      }
      if (past.get(reader).get(other) && other != writers.get(read)) {
        if (past.get(other).get(writers.get(read))) {
          return "overwritten: " + read;
        }
        conflicts.get(writers.get(read)).set(other);
      }
    }
    return "";
  }

  /** All causes of each, through causes of causes, until there is nothing new. */
  private static List<BitSet> closure(List<BitSet> causes) {
    List<BitSet> all = causes.stream().map(x -> (BitSet) x.clone()).toList();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int i = 0; i < all.size(); i++) {
        int before = all.get(i).cardinality();
        causes.get(i).stream().forEach(all.get(i)::set);
        int at = i;
        causes.get(i).stream().forEach(cause -> all.get(at).or(all.get(cause)));
        grows |= all.get(i).cardinality() > before;
      }
    }
    return all;
  }

  private static boolean isCyclic(List<BitSet> past) {
    for (int i = 0; i < past.size(); i++) {
      if (past.get(i).get(i)) {
        return true;
      }
    }
    return false;
  }
}
