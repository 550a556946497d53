package io.causa.scenario;

import io.causa.scenario.page.Style;
import io.causa.scenario.page.StyledText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the clocks of all nodes are shown: in columns to the right of the steps where the page is
 * wide enough, otherwise below each step. A count that has moved is marked.
 */
final class ClockTable {
  /** What each node's clock counts, in the order of the nodes; a node that is down is missing. */
  record Reading(Map<String, List<Long>> counts) {
    /** The latest that is known of each node. */
    Reading updatedBy(Reading later) {
      Map<String, List<Long>> known = new HashMap<>(counts);
      known.putAll(later.counts);
      return new Reading(known);
    }
  }

  static final char MARK = '*';
  private static final String DOWN = "down";
  private static final int MARKS = 2;
  private static final int GAP = 2;
  private static final int LEAST_TEXT = 36;
  private static final int MOST_TEXT = 64;

  private final List<String> names;
  private final int cell;
  private final int textColumns;

  /**
   * @param columns what the page has for a step and its clocks
   * @param start the clocks with which the scenario begins, which tell how long clocks are
   */
  ClockTable(List<String> names, int columns, Reading start) {
    this.names = List.copyOf(names);
    int clock = names.stream().mapToInt(it -> clock(it, start, start).length()).max().orElse(0);
    cell = Math.max(clock + MARKS, names.stream().mapToInt(String::length).max().orElse(0));
    int left = columns - GAP - names.size() * (cell + 1) + 1;
    textColumns = left < LEAST_TEXT ? 0 : Math.min(left, MOST_TEXT);
  }

  /** Returns the columns of the steps' text with the gap behind it; empty if clocks go below. */
  Optional<Integer> textColumns() {
    return textColumns == 0 ? Optional.empty() : Optional.of(textColumns);
  }

  /** Returns where the clocks begin, counted from where the text does. */
  int clocksAt() {
    return textColumns + GAP;
  }

  /** Returns the names of the nodes above their columns. */
  StyledText heading() {
    StyledText line = new StyledText();
    for (int i = 0; i < names.size(); i++) {
      line.padTo(i * (cell + 1)).add(Style.QUIET, names.get(i));
    }
    return line;
  }

  /** Returns the clocks in their columns; empty if they do not fit into them. */
  Optional<StyledText> inColumns(Reading before, Reading now) {
    StyledText line = new StyledText();
    for (int i = 0; i < names.size(); i++) {
      StyledText clock = clock(names.get(i), before, now);
      if (clock.length() > cell) {
        return Optional.empty();
      }
      line.padTo(i * (cell + 1)).add(clock);
    }
    return textColumns == 0 ? Optional.empty() : Optional.of(line);
  }

  /** Returns the clocks with the names of their nodes. */
  StyledText named(Reading before, Reading now) {
    StyledText line = new StyledText();
    for (String name : names) {
      line.add(Style.PLAIN, line.length() == 0 ? "" : "  ");
      line.add(Style.QUIET, name + StyledText.FIRM_SPACE).add(clock(name, before, now));
    }
    return line;
  }

  private static StyledText clock(String name, Reading before, Reading now) {
    List<Long> counts = now.counts().get(name);
    if (counts == null) {
      return StyledText.of(Style.BAD, DOWN);
    }
    List<Long> earlier = new ArrayList<>(before.counts().getOrDefault(name, counts));
    StyledText clock = StyledText.of(Style.QUIET, "[");
    for (int i = 0; i < counts.size(); i++) {
      clock.add(Style.QUIET, i == 0 ? "" : ",");
      boolean moved = !counts.get(i).equals(earlier.get(i));
      clock.add(moved ? Style.MOVED : Style.PLAIN, counts.get(i) + (moved ? "" + MARK : ""));
    }
    return clock.add(Style.QUIET, "]");
  }
}
