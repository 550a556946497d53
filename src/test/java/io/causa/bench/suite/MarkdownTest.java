package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.causa.bench.suite.Findings.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  private final Findings findings = new Findings();

  @Test
  void aFigureIsJudgedByItsMedian() {
    findings.reach("put-alone", new Spread(0.72, 0.60, 0.85));
    assertThat(Markdown.targets(findings))
        .contains(
            "| PUT 100 B, memory, a node alone | bare Vert.x, same bytes and headers "
                + "| 0.72 (0.60 to 0.85) × | ≥ 0.70 × | ≥ 0.80 × | reached | alone |");
  }

  @Test
  void everyTargetHasItsRow() {
    findings.skip("put-fsync", "etcd is not installed");
    String table = Markdown.targets(findings);
    assertThat(table.lines()).hasSize(2 + Targets.all().size());
    assertThat(table).contains("| – | ≥ 3.50 × | ≥ 5 × | etcd is not installed | disk |");
    assertThat(table).contains("| – | ≤ 4 s | ≤ 3 s | not in this run | start |");
  }

  @Test
  void tablesAndRemarksFollow() {
    findings.add(new Table("Rates", List.of("", "requests/s"), List.of(List.of("GET", "7"))));
    findings.remark("One.");
    findings.unsteady("GET");
    findings.unsteady("GET");
    assertThat(Markdown.page("2 cores", findings))
        .startsWith("2 cores\n\n| what |")
        .endsWith(
            "\n### Rates\n\n|  | requests/s |\n|---|---:|\n| GET | 7 |\n"
                + "\n### Remarks\n\n* One.\n* Not steady when the warm-up ended: GET.\n");
  }

  @Test
  void onlyTargetsHaveFigures() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> findings.reach("put-alnoe", Spread.of(1)))
        .withMessageContaining("put-alnoe");
  }

  @Test
  void aRunReplacesWhatTheOneBeforeWrote() {
    String page = "a\n" + MarkedSection.BEGIN + "\nold\n" + MarkedSection.END + "\nb\n";
    String once = MarkedSection.replace(page, "new\n");
    assertThat(once).isEqualTo(page.replace("old", "new"));
    assertThat(MarkedSection.replace(once, "newer")).isEqualTo(page.replace("old", "newer"));
  }

  @Test
  void aPageWithoutThePlaceIsLeftAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkedSection.replace("a page", "text"))
        .withMessageContaining(MarkedSection.BEGIN);
  }
}
