package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The ledger of killed nodes notices what it is for. */
class CrashLedgerTest {

  private final CrashLedger ledger = new CrashLedger();

  @Test
  void whatIsFoundAsItWasAcknowledgedIsFine() {
    ledger.acknowledge("a", "node1:1");
    ledger.unanswered("b");
    ledger.lookedFor("a", "node1:1", System.nanoTime());
    ledger.lookedFor("b", "node1:2", System.nanoTime());

    CrashReport report = ledger.report(1);
    assertThat(report.passed()).isTrue();
    assertThat(report.unansweredFound()).isEqualTo(1);
  }

  @Test
  void anAcknowledgedWriteThatIsGoneIsLostWithItsAge() {
    ledger.acknowledge("a", "node1:1");
    ledger.lookedFor("a", null, System.nanoTime() + 700_000_000L);

    CrashReport report = ledger.report(1);
    assertThat(report.passed()).isFalse();
    assertThat(report.lost()).isEqualTo(1);
    assertThat(report.lostSpanMillis()).isBetween(700L, 60_000L);
  }

  @Test
  void aVersionThatIsGivenTwiceIsWrong() {
    ledger.acknowledge("a", "node1:1");
    ledger.acknowledge("b", "node1:1");

    assertThat(ledger.report(1).wrong()).singleElement().asString().contains("node1:1", "a", "b");
  }

  @Test
  void aVersionThatChangesIsWrong() {
    ledger.acknowledge("a", "node1:1");
    ledger.lookedFor("a", "node1:2", System.nanoTime());

    assertThat(ledger.report(1).wrong()).singleElement().asString().contains("node1:2");
  }
}
