package io.causa.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes of one origin by sequence, possibly with gaps: a sorted map of pages of 16 sequences each.
 *
 * <p>Sequences are dense as a rule. So one search in the map serves 16 writes that follow one
 * another, and the place of a write takes some 20 bytes; that of a write far from all others takes
 * 310. A map of single writes would search for each of them, and miss the caches of the processor
 * several times when there are a million.
 *
 * <p>What a write occupies is kept beside it, as counting looks at all keys and values again.
 */
final class SequencePages {

  private static final int BITS = 4;
  private static final int SIZE = 1 << BITS;

  /** The writes of 16 sequences; a bit says which of them are here. */
  private static final class Page {
    private final Write[] writes = new Write[SIZE];
    private final long[] bytes = new long[SIZE];
    private int present;
  }

  private final NavigableMap<Long, Page> pages = new TreeMap<>();
  private long recentNumber = -1;
  private Page recent;

  boolean isEmpty() {
    return pages.isEmpty();
  }

  boolean contains(long sequence) {
    return get(sequence) != null;
  }

  /** Returns the write of that sequence; null if it is not here. */
  Write get(long sequence) {
    Page page = page(sequence >> BITS);
    return page == null ? null : page.writes[slot(sequence)];
  }

  /**
   * Puts a write where there is none.
   *
   * @param bytes what it counts; it counts that until it is taken out
   */
  void put(long sequence, Write write, long bytes) {
    Page page = page(sequence >> BITS);
    if (page == null) {
      page = new Page();
      pages.put(sequence >> BITS, page);
      remember(sequence >> BITS, page);
    }
    page.writes[slot(sequence)] = write;
    page.bytes[slot(sequence)] = bytes;
    page.present |= 1 << slot(sequence);
  }

  /** Takes out a write that is here, and returns what it counted. */
  long remove(long sequence) {
    Page page = page(sequence >> BITS);
    page.writes[slot(sequence)] = null;
    page.present &= ~(1 << slot(sequence));
    if (page.present == 0) {
      pages.remove(sequence >> BITS);
      remember(-1, null);
    }
    return page.bytes[slot(sequence)];
  }

  /** Returns the first sequence here from this one on. */
  OptionalLong ceiling(long sequence) {
    long number = sequence >> BITS;
    Page page = page(number);
    int present = page == null ? 0 : page.present & -1 << slot(sequence);
    if (present == 0) {
      Map.Entry<Long, Page> next = pages.higherEntry(number);
      if (next == null) {
        return OptionalLong.empty();
      }
      number = next.getKey();
      present = next.getValue().present;
    }
    return OptionalLong.of((number << BITS) + Integer.numberOfTrailingZeros(present));
  }

  /**
   * Returns what is here of these sequences, in their order.
   *
   * @param most at most so many
   */
  List<Write> between(long first, long last, int most) {
    List<Write> between = new ArrayList<>();
    OptionalLong next = ceiling(first);
    while (next.isPresent() && next.getAsLong() <= last && between.size() < most) {
      between.add(get(next.getAsLong()));
      next = ceiling(next.getAsLong() + 1);
    }
    return between;
  }

  /** Puts another form of each write in its place. */
  void replaceAll(UnaryOperator<Write> change) {
    for (Page page : pages.values()) {
      for (int slot = 0; slot < SIZE; slot++) {
        Write write = page.writes[slot];
        page.writes[slot] = write == null ? null : change.apply(write);
      }
    }
  }

  /** Whoever looks for a write mostly looks for the next one soon. */
  private Page page(long number) {
    if (number != recentNumber) {
      remember(number, pages.get(number));
    }
    return recent;
  }

  private void remember(long number, Page page) {
    recentNumber = number;
    recent = page;
  }

  private static int slot(long sequence) {
    return (int) sequence & SIZE - 1;
  }
}
