package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other programs print, as the suite reads it. */
class OutputsTest {

  @Test
  void wrkTellsItsRequestsAndItsScriptTheRest() {
    String output =
        """
        Running 5s test @ http://127.0.0.1:20000
          2 threads and 64 connections
          273539 requests in 5.00s, 81.66MB read
          Non-2xx or 3xx responses: 2
        Requests/sec:  54707.80
        RESULT 54708 0.78 13.61 2
        """;
    assertThat(Load.ofWrk(output)).isEqualTo(new Load(54708, 273539, 0.78, 13.61, 2));
  }

  @Test
  void wrkWithoutAResultIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Load.ofWrk("unable to connect to 127.0.0.1:20000"))
        .withMessageContaining("unable to connect");
  }

  @Test
  void redisTellsRateAndLatencies() {
    String output =
        """
        "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms",\
        "p99_latency_ms","max_latency_ms"
        "SET","43252.60","0.789","0.152","0.655","1.407","6.703","16.775"
        """;
    assertThat(Load.ofRedis(output, 100_000))
        .isEqualTo(new Load(43252.60, 100_000, 0.655, 6.703, 0));
  }

  @Test
  void anOlderRedisTellsOnlyTheRate() {
    Load load = Load.ofRedis("\"SET\",\"43252.60\"\n", 100_000);
    assertThat(load.rate()).isEqualTo(43252.60);
    assertThat(load.p99Millis()).isNaN();
  }

  @Test
  void processTimesAreUserAndSystemTogether() {
    String stat =
        "4711 (java (a) b) S 1 4711 4711 0 -1 4194304 9 0 0 0 1234 766 5 6 20 0 40 0 99 100 200";
    assertThat(ProcessTimes.seconds(stat)).isEqualTo(20);
  }

  @Test
  void thisProcessHasHadTime() throws IOException {
    assertThat(ProcessTimes.seconds(List.of(ProcessHandle.current().pid()))).isPositive();
  }

  @Test
  void safepointsOfJava17And25() {
    List<String> log =
        List.of(
            "[2.345s][info][safepoint] Safepoint \"G1CollectForAllocation\", Time since last:"
                + " 123456789 ns, Reaching safepoint: 60000 ns, Cleanup: 1000 ns, At safepoint:"
                + " 5939000 ns, Total: 6000000 ns",
            "[2.346s][info][safepoint] something else, Total: 7 ns",
            "[3.345s][info][safepoint] Safepoint \"ICBufferFull\", Time since last: 9 ns, Reaching"
                + " safepoint: 100 ns, At safepoint: 1 ns, Leaving safepoint: 2 ns, Total: 250000"
                + " ns, Threads: 0 runnable, 29 total");
    assertThat(Safepoints.millis(log)).containsExactly(6.0, 0.25);
  }

  @Test
  void aQuantileIsOneOfTheStops() {
    List<Double> stops = List.of(4.0, 1.0, 3.0, 2.0);
    assertThat(Safepoints.quantile(stops, 0.5)).isEqualTo(2);
    assertThat(Safepoints.quantile(stops, 0.999)).isEqualTo(4);
    assertThat(Safepoints.quantile(stops, 1)).isEqualTo(4);
    assertThat(Safepoints.quantile(List.of(7.0), 0.01)).isEqualTo(7);
  }

  @Test
  void theTablesOfTheScripts() {
    String output =
        """
        some words
        | from `bin/causa cluster` to three ready nodes | ms |
        |---|---:|
        | median of 3 | 2106 |
        | least, most | 1659, 2490.5 |
        | … reading | 878 | 829 | 1039 |
        """;
    assertThat(ScriptTable.row(output, "median of")).containsExactly(2106.0);
    assertThat(ScriptTable.row(output, "least, most")).containsExactly(1659.0, 2490.5);
    assertThat(ScriptTable.row(output, "… reading")).containsExactly(878.0, 829.0, 1039.0);
    assertThatThrownBy(() -> ScriptTable.row(output, "most"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no row \"most\"");
  }

  @Test
  void theTableOfTheBuffer() {
    String output =
        """
        nanoseconds per write, by the number of held writes; medians of 201 and 3 rounds of 500

        indexed buffer                                      1,000    1,000,000    ratio
        a write passes that nothing holds back                 87          116     1.33
        all are released at once, each                        139          459     3.30
        """;
    assertThat(Held.rows(output))
        .containsExactly(
            List.of("a write passes that nothing holds back", "87", "116", "1.33"),
            List.of("all are released at once, each", "139", "459", "3.30"));
  }
}
