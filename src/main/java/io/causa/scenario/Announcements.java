package io.causa.scenario;

import io.causa.scenario.page.Page;
import io.causa.scenario.page.Style;
import io.causa.scenario.page.StyledText;
import java.util.List;

/** What is printed around the steps: the titles, the verdicts, and the table of all verdicts. */
final class Announcements {
  private static final int INDENTATION = 6;
  private static final int STORY_INDENTATION = 3;
  private static final int REASON_INDENTATION = 4;
  private static final int REASONS = 3;
  private static final String HEADING = "scenario";
  private static final String FIGURES = " %5s %6s  ";
  private static final String TIME = " %8s";

  /** What a row of the table takes besides the name. */
  private static final int ROW = 31;

  private Announcements() {}

  static void title(Page page, Scenario scenario) {
    page.blank();
    StyledText lead = StyledText.of(Style.TITLE, "== ");
    page.paragraph(lead, StyledText.of(Style.TITLE, scenario.name() + ": " + scenario.title()));
    page.blank();
    Paragraphs.of(scenario.story())
        .forEach(it -> page.paragraph(STORY_INDENTATION, StyledText.of(Style.PLAIN, it)));
    page.blank();
  }

  static void verdict(Page page, Verdict verdict) {
    StyledText text = StyledText.of(Style.STRONG, verdict.scenario()).add(Style.PLAIN, " ");
    text.add(outcome(verdict));
    if (verdict.outcome() == Verdict.Outcome.SKIPPED) {
      text.add(Style.PLAIN, ": " + String.join("; ", verdict.reasons()));
    }
    page.paragraph(INDENTATION, text);
  }

  static void summary(Page page, Summary summary) {
    page.blank();
    List<Verdict> verdicts = summary.verdicts();
    int longest = verdicts.stream().mapToInt(it -> it.scenario().length()).max().orElse(0);
    int names = Math.min(Math.max(longest, HEADING.length()), page.width() - ROW);
    String heading = FIGURES.formatted("steps", "checks") + "verdict" + TIME.formatted("time");
    page.line(StyledText.of(Style.QUIET, HEADING).padTo(names).add(Style.QUIET, heading));
    verdicts.forEach(verdict -> row(page, names, verdict));
    page.blank();
    page.line(totals(summary));
  }

  private static void row(Page page, int names, Verdict verdict) {
    List<StyledText> name = StyledText.of(Style.STRONG, verdict.scenario()).wrap(names);
    name.subList(0, name.size() - 1).forEach(page::line);
    StyledText row = name.get(name.size() - 1).padTo(names);
    row.add(Style.PLAIN, FIGURES.formatted(verdict.steps(), verdict.checks()));
    row.add(outcome(verdict)).padTo(names + ROW - TIME.formatted("").length());
    page.line(row.add(Style.QUIET, TIME.formatted("%.1f s".formatted(verdict.millis() / 1e3))));
    verdict.reasons().stream()
        .limit(REASONS)
        .flatMap(String::lines)
        .forEach(it -> page.paragraph(REASON_INDENTATION, StyledText.of(Style.PLAIN, it.strip())));
    if (verdict.reasons().size() > REASONS) {
      String more = "and %d more".formatted(verdict.reasons().size() - REASONS);
      page.paragraph(REASON_INDENTATION, StyledText.of(Style.PLAIN, more));
    }
  }

  private static StyledText outcome(Verdict verdict) {
    Style style =
        switch (verdict.outcome()) {
          case PASSED -> Style.GOOD;
          case FAILED -> Style.BAD;
          case SKIPPED -> Style.WARNING;
        };
    return StyledText.of(style, verdict.outcome().name());
  }

  private static StyledText totals(Summary summary) {
    StyledText text = new StyledText();
    add(text, Style.GOOD, summary.count(Verdict.Outcome.PASSED), " passed, ");
    add(text, Style.BAD, summary.count(Verdict.Outcome.FAILED), " failed, ");
    add(text, Style.WARNING, summary.count(Verdict.Outcome.SKIPPED), " skipped");
    return text;
  }

  private static void add(StyledText text, Style style, long number, String what) {
    text.add(number == 0 ? Style.PLAIN : style, number + what);
  }
}
