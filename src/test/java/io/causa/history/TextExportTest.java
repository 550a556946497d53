package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other checkers are told, and that it is enough for them to judge. */
class TextExportTest {
  @TempDir Path directory;
  private final HandMade history = new HandMade();

  @Test
  void keysValuesSessionsAndTransactionsAreNumbers() {
    history
        .initially("x", "0", "node1:1")
        .get("alice", "node1", "x", "0", "node1:1")
        .put("alice", "node1", "x", "1", "node1:2")
        .putUnanswered("eve", "node1", "x", "9")
        .get("bob", "node2", "x", "1", "node1:2")
        .absent("bob", "node2", "y");
    assertThat(lines()).containsExactly("r(0,0,0,1)", "w(0,3,0,2)", "r(0,3,1,4)", "r(1,0,1,5)");
  }

  @Test
  void anUnansweredWriteStandsThereOnceItWasRead() {
    history.putUnanswered("eve", "node1", "x", "9").get("bob", "node2", "x", "9", "node1:1");
    assertThat(lines()).containsExactly("w(0,1,0,0)", "r(0,1,1,1)");
  }

  @Test
  void aLongRightHistoryIsAccepted() {
    TextExport.Exported exported = TextExport.of(LongHistories.of(600, 6, 8, 42));
    assertThat(TextJudge.faultOf(exported.lines())).isEmpty();
    assertThat(exported.lines()).hasSizeGreaterThan(500);
  }

  @Test
  void aSessionThatGoesOnFromAnotherOneReadsItsMarker() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .answering("token-1")
        .put("alice", "node1", "y", "2", "node1:2")
        .get("bob", "node2", "x", "1", "node1:1")
        .carrying("token-1")
        .get("bob", "node2", "x", "1", "node1:1")
        .carrying("token-1");
    assertThat(lines())
        .containsExactly(
            "w(0,1,0,0)", "w(1,5,0,4)", "w(2,2,0,1)", "r(1,5,1,10)", "r(0,1,1,2)", "r(0,1,1,3)");
  }

  @Test
  void aViolatedHandOverIsRejected() {
    overwritten().get("bob", "node2", "x", "0", "node1:1").carrying("token-2");
    assertThat(fault()).contains("overwritten");
  }

  @Test
  void aHandOverFromBeforeTheWriteIsAccepted() {
    overwritten().get("bob", "node2", "x", "0", "node1:1").carrying("token-1");
    assertThat(fault()).isEmpty();
  }

  private HandMade overwritten() {
    return history
        .put("alice", "node1", "x", "0", "node1:1")
        .answering("token-1")
        .put("alice", "node1", "x", "1", "node1:2")
        .answering("token-2");
  }

  @Test
  void anUnansweredWriteFollowsWhatItsClientHadDone() {
    overwritten()
        .putUnanswered("alice", "node1", "y", "1")
        .get("bob", "node2", "y", "1", "node1:3")
        .get("bob", "node2", "x", "0", "node1:1");
    assertThat(fault()).contains("overwritten");
  }

  @Test
  void whatFollowsAnUnansweredWriteDoesNotKnowIt() {
    history
        .put("alice", "node1", "x", "0", "node1:1")
        .putUnanswered("alice", "node1", "x", "1")
        .get("bob", "node2", "x", "1", "node1:2")
        .get("alice", "node1", "x", "0", "node1:1");
    assertThat(fault()).isEmpty();
  }

  @Test
  void aPhantomIsRejected() {
    history.get("bob", "node2", "x", "9", "node1:1");
    assertThat(fault()).contains("thin air");
  }

  @Test
  void aReadBeforeItsWriteIsRejected() {
    history
        .get("bob", "node2", "x", "1", "node1:1")
        .get("bob", "node2", "y", "2", "node1:2")
        .put("alice", "node1", "x", "1", "node1:1")
        .putUnanswered("eve", "node1", "y", "2");
    assertThat(lines()).contains("r(0,9,0,0)", "r(1,10,0,1)");
    assertThat(fault()).contains("thin air");
  }

  @Test
  void anAbsenceUnderAVersionThatIsNoWritesIsRejected() {
    history.get("bob", "node2", "x", null, "node1:1");
    assertThat(fault()).contains("thin air");
  }

  @Test
  void aLostWriteIsRejected() {
    history.put("alice", "node1", "x", "1", "node1:1").absent("alice", "node2", "x");
    assertThat(fault()).contains("thin air");
  }

  @Test
  void aDeletedWriteIsNotLost() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .delete("bob", "node2", "x", "node2:1")
        .absent("alice", "node2", "x");
    assertThat(lines()).containsExactly("w(0,1,0,0)", "w(0,2,1,1)", "r(0,2,0,2)");
    assertThat(fault()).isEmpty();
  }

  @Test
  void aWriteIsLostIfItsDeleteBeganLater() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .absent("alice", "node2", "x")
        .delete("bob", "node2", "x", "node2:1");
    assertThat(fault()).contains("thin air");
  }

  @Test
  void aWriteIsLostIfItsDeleteCameBefore() {
    history
        .delete("alice", "node1", "x", "node1:1")
        .put("alice", "node1", "x", "1", "node1:2")
        .absent("alice", "node2", "x");
    assertThat(fault()).contains("thin air");
  }

  @Test
  void whatAnAbsentReadDependsOnIsToldByTheOnlyDeleteThatExplainsIt() {
    history
        .put("bob", "node1", "y", "0", "node1:1")
        .put("bob", "node1", "y", "1", "node1:2")
        .delete("bob", "node1", "x", "node1:3")
        .put("alice", "node2", "x", "1", "node2:1")
        .absent("alice", "node2", "x")
        .get("alice", "node2", "y", "0", "node1:1");
    assertThat(fault()).contains("overwritten");
  }

  @Test
  void anAbsenceBeforeAnyDeleteBeganIsTheBeginning() {
    history.absent("bob", "node2", "x").delete("alice", "node1", "x", "node1:1");
    assertThat(lines()).containsExactly("r(0,0,0,0)", "w(0,2,1,1)");
  }

  @Test
  void anAbsenceWithMoreThanOneReasonIsLeftOutAndCounted() {
    history
        .delete("alice", "node1", "x", "node1:1")
        .absent("bob", "node2", "x")
        .absent("bob", "node2", "y");
    assertThat(lines()).containsExactly("w(0,1,0,0)", "r(1,0,1,2)");
    assertThat(TextExport.of(history.events()).absences())
        .singleElement()
        .asString()
        .startsWith("x in: bob at node2");
  }

  @Test
  void aValueOfMoreThanOneWriteIsLeftOutAndCounted() {
    history
        .putUnanswered("eve", "node1", "x", "1")
        .putUnanswered("fred", "node1", "x", "1")
        .get("bob", "node2", "x", "1", "node1:1");
    assertThat(lines()).isEmpty();
    assertThat(TextExport.of(history.events()).values()).hasSize(1);
  }

  @Test
  void disagreementAboutTheWinnerIsRejected() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("bob", "node2", "x", "2", "node2:1")
        .get("carol", "node3", "x", "1", "node1:1")
        .get("carol", "node3", "x", "2", "node2:1")
        .get("dave", "node1", "x", "2", "node2:1")
        .get("dave", "node1", "x", "1", "node1:1");
    assertThat(fault()).contains("cyclic conflicts");
  }

  @Test
  void theFileHasTheLinesAndTheDirectoryIsMade() throws IOException {
    Path file = directory.resolve("deep/history.txt");
    history.put("alice", "node1", "x", "1", "node1:1");
    assertThat(TextExport.write(file, history.events()).lines()).hasSize(1);
    assertThat(Files.readAllLines(file)).containsExactly("w(0,1,0,0)");
  }

  private List<String> lines() {
    return TextExport.of(history.events()).lines();
  }

  private String fault() {
    return TextJudge.faultOf(lines());
  }
}
