package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import java.util.ArrayList;
import java.util.List;

/** The findings of a run as Markdown. */
final class Markdown {

  private static final List<String> COLUMNS =
      List.of(
          "what", "reference", "median (least to most)", "must", "want", "", "`bin/bench all …`");

  private Markdown() {}

  /**
   * @param machine one line about where and how it was measured
   */
  static String page(String machine, Findings findings) {
    StringBuilder page = new StringBuilder(machine).append("\n\n").append(targets(findings));
    for (Table table : findings.tables()) {
      page.append("\n### ").append(table.heading()).append("\n\n").append(table(table));
    }
    if (!findings.remarks().isEmpty()) {
      page.append("\n### Remarks\n\n");
      findings.remarks().forEach(remark -> page.append("* ").append(remark).append('\n'));
    }
    return page.toString();
  }

  /** Returns the table of all targets, those without a figure included. */
  static String targets(Findings findings) {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : Targets.all()) {
      Spread figure = findings.figures().get(target.id());
      String skipped = findings.skipped().getOrDefault(target.id(), "not in this run");
      rows.add(
          List.of(
              target.what(),
              target.reference(),
              figure == null ? "–" : figure + " " + target.unit(),
              target.bound(target.must()),
              target.bound(target.want()),
              figure == null ? skipped : target.verdict(figure.median()).toString(),
              target.benchmark()));
    }
    return lines(COLUMNS, "|---|---|---:|---:|---:|---|---|", rows);
  }

  private static String table(Table table) {
    return lines(
        table.columns(), "|---|" + "---:|".repeat(table.columns().size() - 1), table.rows());
  }

  private static String lines(List<String> columns, String rule, List<List<String>> rows) {
    StringBuilder lines = new StringBuilder(row(columns)).append(rule).append('\n');
    rows.forEach(row -> lines.append(row(row)));
    return lines.toString();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
