package io.causa.simulation.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One data directory as it really is: which writes are durable in it, in which order. */
final class Directory {

  private final String replica;
  private final List<Integer> order = new ArrayList<>();
  private final BitSet durable = new BitSet();
  private final Map<String, Long> counts = new HashMap<>();
  private final BitSet shown = new BitSet();
  private final Map<String, Long> shownCounts = new HashMap<>();
  private final Map<String, Long> fedCounts = new HashMap<>();
  private int visible;
  private int fed;

  Directory(String replica) {
    this.replica = replica;
  }

  String replica() {
    return replica;
  }

  void append(int number, Name name) {
    order.add(number);
    durable.set(number);
    counts.put(name.origin(), name.sequence());
  }

  /** The writes that are durable; not to be changed. */
  BitSet durable() {
    return durable;
  }

  /** The writes that were shown, all of them durable; not to be changed. */
  BitSet visible() {
    return shown;
  }

  /** The next write to show; -1 if all are shown. */
  int showNext() {
    return visible < order.size() ? order.get(visible) : -1;
  }

  /** That write is shown now. */
  void shown(Name name) {
    shown.set(order.get(visible++));
    shownCounts.put(name.origin(), name.sequence());
  }

  /** How many writes of that origin are shown. */
  long visibleCount(String origin) {
    return shownCounts.getOrDefault(origin, 0L);
  }

  /** The next write to feed; -1 if all that is shown is fed. */
  int feedNext() {
    return fed < visible ? order.get(fed) : -1;
  }

  /** That write is fed now. */
  void fed(Name name) {
    fed++;
    fedCounts.put(name.origin(), name.sequence());
  }

  /** The position of the feed: for each origin how many of its writes were fed. */
  Map<String, Long> fedCounts() {
    return fedCounts;
  }

  /** A process opened the directory: all that is durable is visible, and the feed begins anew. */
  void opened() {
    visible = order.size();
    fed = order.size();
    shown.or(durable);
    replace(shownCounts);
    replace(fedCounts);
  }

  private void replace(Map<String, Long> position) {
    position.clear();
    position.putAll(counts);
  }

  /** How many writes of that origin are durable. */
  long count(String origin) {
    return counts.getOrDefault(origin, 0L);
  }

  Map<String, Long> counts() {
    return counts;
  }

  /** Own writes that are durable and that nobody has seen: their names may be given again. */
  List<Integer> unseen() {
    return order.subList(visible, order.size());
  }

  /** The same content as another replica's. */
  Directory of(String owner, Truth truth) {
    Directory same = new Directory(owner);
    order.forEach(number -> same.append(number, truth.write(number).name()));
    return same;
  }

  /** Forgets all but so many writes of each origin. */
  void cut(Map<String, Long> keep, Truth truth) {
    List<Integer> all = List.copyOf(order);
    order.clear();
    durable.clear();
    shown.clear();
    counts.clear();
    for (int number : all) {
      Name name = truth.write(number).name();
      if (name.sequence() <= keep.getOrDefault(name.origin(), 0L)) {
        append(number, name);
      }
    }
    opened();
  }
}
