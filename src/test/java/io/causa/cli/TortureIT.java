package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes, killed and cut off under load, with a fresh seed each time; the output has it. */
@Timeout(300)
class TortureIT {
  @TempDir Path directory;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void nodesThatKeepTheirDataLoseNothingAndConfuseNobody() throws Exception {
    Path history = directory.resolve("history.jsonl");
    Path export = directory.resolve("history.txt");
    assertThat(
            torture(
                "--data", data(), "--history", history.toString(), "--export", export.toString()))
        .as("%s", shown)
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(export))
        .allMatch(l -> l.matches("[rw]\\(\\d+,\\d+,\\d+,\\d+\\)"));
    assertThat(causa("check", history.toString())).as("%s", shown).isEqualTo(ExitCode.OK);
    assertThat(causa("check", withoutPuts(history).toString())).isEqualTo(ExitCode.FAILED_VERDICT);
  }

  @Test
  void nodesThatKeepNothingOnDiskLoseOnlyWhatTheyAloneHad() {
    assertThat(torture("--memory")).as("%s", shown).isEqualTo(ExitCode.OK);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("PASSED");
  }

  @Test
  void aFourthNodeJoinsUnderLoadCatchesUpLeavesAndIsForgotten() {
    assertThat(torture("--nodes", "4", "--grow-from", "3", "--data", data()))
        .as("%s", shown)
        .isEqualTo(ExitCode.OK);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("node4 joined after", "node4 left and is forgotten after", "PASSED");
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  /** Without its writes a history is full of reads of what nobody wrote. */
  private Path withoutPuts(Path history) throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(history));
    lines.removeIf(line -> line.contains("\"operation\":\"put\""));
    return Files.write(directory.resolve("without-puts.jsonl"), lines);
  }

  private int torture(String... words) {
    List<String> all = new ArrayList<>(List.of("torture", "--seconds", "10", "--rate", "400"));
    all.addAll(List.of("--logs", directory.resolve("logs").toString()));
    all.addAll(List.of(words));
    return causa(all.toArray(String[]::new));
  }

  private int causa(String... words) {
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return CausaCommand.commandLine(Installation.ofThisProcess(), out)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(words);
  }
}
