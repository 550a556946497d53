package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.cli.LocalNode.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StartProgressTest {
  private final StringWriter out = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final LocalNode one = node("node1", 5001);
  private final LocalNode two = node("node2", 5002);

  @Test
  void everyStepIsALineWhereLinesCannotGrow() {
    play(progress(false));
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
              node1    starting
              node2    starting
              node1    joined 1.0 s
              node1    ready 2.5 s   http://h:5001
            """);
  }

  @Test
  void onATerminalTheLineOfTheNodeGrows() {
    play(progress(true));
    assertThat(out.toString())
        .endsWith(
            "\033[2A\033[2K  node1    starting → joined 1.0 s → ready 2.5 s   http://h:5001\n"
                + "\033[2K  node2    starting\n");
  }

  private void play(StartProgress progress) {
    progress.show(one, State.STARTING);
    nanos.set(1_000_000_000L);
    progress.show(one, State.JOINED);
    progress.show(one, State.JOINED);
    nanos.set(2_500_000_000L);
    progress.show(one, State.READY);
  }

  private StartProgress progress(boolean terminal) {
    return new StartProgress(List.of(one, two), new PrintWriter(out), terminal, nanos::get);
  }

  private static LocalNode node(String id, int port) {
    Installation nowhere = new Installation(Path.of("."), List.of());
    return new LocalNode(new NodePlan(id, "h", port, List.of(), Path.of("log")), nowhere);
  }
}
