package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.cli.playground.Playgrounds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code causa cluster} with real nodes, used by the other commands. */
@Timeout(180)
class RealClusterIT {
  private static final Pattern CONTEXT = Pattern.compile("context +(\\S+)");

  @TempDir Path directory;
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private final StringWriter out = new StringWriter();

  @Test
  void whatOneNodeIsGivenAnotherShowsAndAfterTermNoProcessIsLeft() throws Exception {
    try (ClusterProcess cluster = new ClusterProcess(command(), directory.resolve("run"))) {
      cluster.readUntil("Ctrl-C");
      List<String> urls = cluster.urls();
      assertThat(causa("--node", urls.get(0), "put", "greeting", "hello")).isZero();
      assertThat(causa("--node", urls.get(2), "get", "greeting", "-c", context())).isZero();
      assertThat(values.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
      assertThat(causa("--node", urls.get(1), "status")).isZero();
      assertThat(out.toString()).contains("node2", "PEER", "node1", "node3");
      assertThat(causa("get", "--node", urls.get(1), "nothing")).isEqualTo(ExitCode.NOT_FOUND);

      assertThat(causa("cluster", "add")).isZero();
      String added = out.toString().strip().replaceFirst("(?s).* ready at ", "");
      assertThat(causa("--node", added, "get", "greeting", "-c", context())).isZero();
      assertThat(values.toString(StandardCharsets.UTF_8)).isEqualTo("hellohello");

      List<ProcessHandle> nodes = cluster.nodes();
      cluster.terminate();
      assertThat(cluster.awaitExitCode()).isEqualTo(ExitCode.TERMINATED);
      assertThat(nodes).hasSize(4).noneMatch(ProcessHandle::isAlive);
      assertThat(causa("--node", urls.get(0), "status")).isEqualTo(ExitCode.UNREACHABLE);
    }
  }

  @Test
  void nodesWhoseParentIsKilledStopByThemselves() throws Exception {
    try (ClusterProcess cluster = new ClusterProcess(command(), directory.resolve("run"))) {
      cluster.readUntil("Ctrl-C");
      List<ProcessHandle> nodes = cluster.nodes();
      cluster.kill();
      ClusterProcess.awaitGone(nodes);
      assertThat(nodes).hasSize(3);
    }
  }

  private List<String> command() {
    Path target = Path.of("target").toAbsolutePath();
    String classes = target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-cp", classes, Main.class.getName()));
    command.addAll(List.of("cluster", "--base-port", "0", "--logs", directory.toString()));
    return command;
  }

  private int causa(String... words) {
    PrintStream bytes = new PrintStream(values, true, StandardCharsets.UTF_8);
    Playgrounds playgrounds = new Playgrounds(directory.resolve("run"));
    return CausaCommand.commandLine(Installation.ofThisProcess(), bytes, playgrounds)
        .setOut(new PrintWriter(out, true))
        .execute(words);
  }

  private String context() {
    Matcher matcher = CONTEXT.matcher(out.toString());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
