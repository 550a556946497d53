package io.causa.scenario;

import io.causa.scenario.ClockTable.Reading;
import io.causa.scenario.page.Page;
import io.causa.scenario.page.Style;
import io.causa.scenario.page.StyledText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what happens in one scenario, step by step, with all clocks. Thread-safe. */
final class Transcript {
  private static final int INDENTATION = 6;

  private final Page page;
  private final Legend legend;
  private final Look look;
  private final Nodes nodes;
  private Perspective perspective;
  private ClockTable table;
  private Reading last = new Reading(Map.of());
  private int steps;
  private int checks;

  /**
   * @param ownPrefix what the scenario's own keys begin with
   */
  Transcript(Page page, Legend legend, Look look, Nodes nodes, String ownPrefix) {
    this.page = page;
    this.legend = legend;
    this.look = look;
    this.nodes = nodes;
    perspective = Perspective.absolute(nodes.all(), ownPrefix);
  }

  synchronized int steps() {
    return steps;
  }

  synchronized int checks() {
    return checks;
  }

  synchronized void checked(int more) {
    checks += more;
  }

  /** The perspective that was chosen, from the start of the scenario on. */
  synchronized Perspective perspective() {
    return perspective;
  }

  /** Returns a text as people see it. */
  String shown(String text) {
    return perspective().show(text);
  }

  /** Prints the clocks with which the scenario begins. */
  synchronized void begin(Baseline baseline) {
    perspective = look.absoluteClocks() ? perspective : perspective.since(baseline);
    last = read();
    List<String> names = nodes.all().stream().map(Cluster.Node::name).toList();
    table = new ClockTable(names, page.width() - INDENTATION, last);
    if (table.textColumns().isPresent()) {
      StyledText lead = new StyledText().padTo(INDENTATION + table.clocksAt());
      page.line(lead.add(table.heading()));
    }
    print(new StyledText().padTo(INDENTATION), StyledText.of(Style.QUIET, "at the start"), last);
  }

  /**
   * Prints a step that was done, and all clocks after it.
   *
   * @param where the nodes or links that it was about
   * @param time how long it took; empty if that does not matter
   */
  synchronized void step(String where, String what, String time) {
    steps++;
    String shown = perspective.show(what);
    StyledText text = StyledText.of(Style.STRONG, where + ":").add(Style.PLAIN, " " + shown);
    if (!time.isEmpty()) {
      text.add(Style.QUIET, ", " + time.replace(' ', StyledText.FIRM_SPACE));
    }
    print(StyledText.of(Style.QUIET, "%4d  ".formatted(steps)), text, read());
    perspective.generation(shown).flatMap(legend::explain).ifPresent(this::remark);
  }

  private void print(StyledText lead, StyledText text, Reading now) {
    Reading before = last;
    last = before.updatedBy(now);
    table
        .inColumns(before, now)
        .ifPresentOrElse(
            clocks -> {
              StyledText right = new StyledText().padTo(table.clocksAt() - columns()).add(clocks);
              page.beside(lead, text, columns(), right);
            },
            () -> {
              page.paragraph(lead, text);
              page.paragraph(INDENTATION, table.named(before, now));
            });
  }

  private int columns() {
    return table.textColumns().orElseThrow();
  }

  private Reading read() {
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    nodes
        .statuses()
        .forEach((name, status) -> counts.put(name, perspective.counts(new Counts(status.vc()))));
    return new Reading(counts);
  }

  synchronized void remark(String text) {
    StyledText lead = StyledText.of(Style.REMARK, " ".repeat(INDENTATION) + "-- ");
    Paragraphs.of(text).forEach(it -> page.paragraph(lead, StyledText.of(Style.REMARK, it)));
  }

  /** Prints what may be in the way, once in a run. */
  synchronized void warn(String text) {
    if (legend.isNew(text)) {
      labelled(Style.WARNING, "NOTE:", text);
      page.blank();
    }
  }

  synchronized void problems(List<String> problems) {
    problems.forEach(problem -> labelled(Style.BAD, "FAILED:", problem));
  }

  private void labelled(Style style, String label, String text) {
    StyledText lead = StyledText.of(style, " ".repeat(INDENTATION) + label + " ");
    for (String line : text.split("\n")) {
      page.paragraph(lead, StyledText.of(Style.PLAIN, line.strip()));
      lead = new StyledText().padTo(INDENTATION + 2);
    }
  }
}
