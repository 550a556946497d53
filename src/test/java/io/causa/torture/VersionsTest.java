package io.causa.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.Marks;
import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions whose text means the same forever. */
class VersionsTest {
  private static final Marks ANSWER = new Marks("token", "node1:7", "node1=7", "node1.a:7");

  private static final HistoryEvent READ =
      new HistoryEvent(
          "bob",
          "node2",
          Operation.GET,
          List.of(new Access("x", null, null)),
          null,
          null,
          9,
          10,
          Outcome.ABSENT);

  private final Versions versions = new Versions(Map.of());

  @Test
  void theEntityTagOfAWriteIsItsVersion() {
    Access asked = new Access("x", "v1", null);
    assertThat(versions.written(asked, ANSWER, true)).isEqualTo(new Access("x", "v1", "node1.a:7"));
    assertThat(versions.written(asked, ANSWER, false)).isEqualTo(asked);
  }

  @Test
  void aBareVersionIsNotBelievedWhereItMayMeanTwo() {
    versions.written(new Access("x", "v1", null), ANSWER, true);
    Access early = versions.shown("x", "v2", "node1:7", null);
    assertThat(completed(versions, early).version()).isNull();
    assertThat(versions.shown("x", null, "node1.b:7", null).version()).isEqualTo("node1.b:7");
  }

  @Test
  void aValueReadBeforeItsWriteWasAnsweredGetsItsVersionInTheEnd() {
    Access early = versions.shown("x", "v1", "node1:7", null);
    versions.written(new Access("x", "v1", null), ANSWER, true);
    assertThat(completed(versions, early)).isEqualTo(new Access("x", "v1", "node1.a:7"));
  }

  @Test
  void aBareVersionIsCompletedWhereItMeansOneReplicaForGood() {
    Versions lasting = new Versions(Map.of("node1", "node1.a"));
    assertThat(lasting.shown("x", null, "node1:7", null).version()).isEqualTo("node1.a:7");
  }

  @Test
  void aBareVersionOfAnAbsenceMeansTheOnlyDeleteThatHasIt() {
    HistoryEvent other = delete("node1", "node1.a:8", 0);
    HistoryEvent later = delete("node1#2", "node1.b:7", 20);
    assertThat(absence(delete("node1", "node1.a:7", 0), other, later)).isEqualTo("node1.a:7");
  }

  @Test
  void aBareVersionOfAnAbsenceStaysOpenIfTwoDeletesHaveIt() {
    HistoryEvent first = delete("node1", "node1.a:7", 0);
    assertThat(absence(first, delete("node1#2", "node1.b:7", 0))).isNull();
    assertThat(absence(first, delete("node1#2", null, 0))).isNull();
    assertThat(absence(delete("node1#2", null, 0))).isNull();
  }

  @Test
  void anUnansweredDeleteThatCannotHaveTheVersionLeavesNoDoubt() {
    HistoryEvent meant = delete("node1", "node1.a:7", 0);
    assertThat(absence(meant, delete("node1", null, 0))).isEqualTo("node1.a:7");
    assertThat(absence(meant, delete("node2", null, 0))).isEqualTo("node1.a:7");
    assertThat(absence(meant, delete("node1#2", null, 20))).isEqualTo("node1.a:7");
  }

  @Test
  void anAbsenceByADeleteThatWasNeverSentKeepsItsVersionForTheChecks() {
    assertThat(absence(delete("node2", "node2.a:7", 0))).isEqualTo("node1:7");
  }

  private static String absence(HistoryEvent... deletes) {
    Versions forgetful = new Versions(Map.of());
    Access shown = forgetful.shown("x", null, "node1:7", null);
    return forgetful.completed(shown, READ, new Deletes(List.of(deletes))).version();
  }

  private static Access completed(Versions versions, Access access) {
    return versions.completed(access, READ, new Deletes(List.of()));
  }

  private static HistoryEvent delete(String node, String version, long start) {
    Outcome outcome = version == null ? Outcome.UNKNOWN : Outcome.OK;
    List<Access> accesses = List.of(new Access("x", null, version));
    return new HistoryEvent(
        "alice", node, Operation.DELETE, accesses, null, null, start, start + 1, outcome);
  }
}
