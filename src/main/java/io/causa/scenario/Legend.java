package io.causa.scenario;

import io.causa.scenario.page.Page;
import io.causa.scenario.page.Style;
import io.causa.scenario.page.StyledText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the notations mean that a run shows, each told when it is first needed. Thread-safe. */
final class Legend {
  private static final int LETTERS = 6;

  private final Page page;
  private final Look look;
  private final Set<String> told = new HashSet<>();

  Legend(Page page, Look look) {
    this.page = page;
    this.look = look;
  }

  /** Prints what clocks and dots mean. */
  void print(List<String> names) {
    String since = look.absoluteClocks() ? "so far" : "since the scenario began";
    StyledText text = new StyledText();
    text.add(Style.STRONG, letters(names)).add(Style.PLAIN, " is the clock of a node: it has ");
    text.add(Style.PLAIN, "applied " + counted(names) + ", counted " + since + ". ");
    text.add(Style.STRONG, String.valueOf(ClockTable.MARK));
    text.add(Style.PLAIN, " marks what has moved since the line above. ");
    text.add(Style.STRONG, names.get(0) + ":2");
    text.add(Style.PLAIN, " is the second write of " + names.get(0) + ", counted likewise.");
    page.blank();
    page.paragraph(0, text);
  }

  /** Explains generations, once, when a text shows one. */
  synchronized Optional<String> explain(String replica) {
    return told.add("generation")
        ? Optional.of(
            replica
                + ": behind the dot stands the generation. A node that starts without its data is"
                + " a new one, which counts its writes from 1 again.")
        : Optional.empty();
  }

  /** Whether this is said for the first time in the run. */
  synchronized boolean isNew(String text) {
    return told.add(text);
  }

  private static String letters(List<String> names) {
    return names.size() > LETTERS
        ? "[a,b,...]"
        : IntStream.range(0, names.size())
            .mapToObj(Legend::letter)
            .collect(Collectors.joining(",", "[", "]"));
  }

  private static String counted(List<String> names) {
    if (names.size() > LETTERS) {
      return "so many writes of each node, in the order of the nodes";
    }
    return IntStream.range(0, names.size())
        .mapToObj(i -> letter(i) + (i == 0 ? " writes of " : " of ") + names.get(i))
        .collect(Collectors.joining(", "));
  }

  private static String letter(int i) {
    return String.valueOf((char) ('a' + i));
  }
}
